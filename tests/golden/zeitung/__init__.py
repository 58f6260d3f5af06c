"""A second site, recorded from WordPress: `fill.php` makes it, far from the defaults."""
