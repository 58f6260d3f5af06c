"""What can be read and written: a package for each noun, and the site, its options, terms, links and notices."""
