"""Shipped knowledge: tables of countries, bodies, roles and words, and how names are compared."""
