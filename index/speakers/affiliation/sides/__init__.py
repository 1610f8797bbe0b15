"""For which side somebody speaks: an opposition, rebels, an army, an office's staff."""
