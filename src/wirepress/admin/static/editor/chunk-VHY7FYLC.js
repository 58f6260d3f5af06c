import"./chunk-VUJKWCT3.js";var e={};export{e as default};
