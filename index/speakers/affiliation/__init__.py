"""For whom the people of one article speak, by what it calls them."""
