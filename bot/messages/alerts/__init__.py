"""What people read of watches: previews, lists, and the alerts themselves. Pure."""
