"""
Check a draft: is what it puts between quotation marks on record, and said by whom it says?

``draft`` finds the quotations of a text and whom it names for each; ``passages`` finds where their
words may stand in the articles, ``alignment`` lays the two side by side; ``verdicts`` says what
became of each, with the sentences it rests on.
"""
