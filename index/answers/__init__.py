"""From a query to a briefing: retrieve, rank, fold near-duplicates, quote."""
