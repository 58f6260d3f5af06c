"""Stories: how articles come into one, how their sources are named, and what people decide about them."""
