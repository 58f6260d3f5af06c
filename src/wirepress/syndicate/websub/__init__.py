"""WebSub (https://www.w3.org/TR/websub/), as a subscriber: hubs tell this site when a source's feed has changed."""
