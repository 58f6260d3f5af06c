"""`admin.php?page=sources`: where articles come from, how that goes, adding and changing it."""
