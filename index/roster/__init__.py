"""Who is on record over all articles, and for whom they speak."""
