"""
Alerts: questions that stay asked, and what is said on them from then on.

A watch is a question's query, kept. As articles are indexed, each new statement that the question
would find is kept as an alert, once however many outlets carry it. What an article takes back or
rewords marks the alerts it caused.
"""
