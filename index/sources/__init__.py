"""Where articles come from, one module per way in."""
