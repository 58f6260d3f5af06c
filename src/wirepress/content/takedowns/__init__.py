"""Take-downs, as far as they are a matter of this site alone: who may, what readers see, what is kept and put back."""
