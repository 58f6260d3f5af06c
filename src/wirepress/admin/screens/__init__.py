"""The screens, one module each; `table` lists them."""
