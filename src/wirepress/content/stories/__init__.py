"""Stories, as far as they are a matter of this site alone: who may see and change them, and what readers see."""
