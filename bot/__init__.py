"""The Slack side of onrecord; imports `index` through its public names only."""
