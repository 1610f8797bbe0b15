"""
Exports: the quotes of one answer as a file, for spreadsheets, programs and documents.

A file says whether it holds all there is or was cut. Each form is a module and takes an `Export`.
"""
