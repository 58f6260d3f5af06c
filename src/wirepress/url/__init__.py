"""What an address means: read as browsers read it, before anybody trusts it."""
