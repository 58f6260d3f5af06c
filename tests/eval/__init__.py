"""Scores of what is read from the wire, on folders of real documents: `python -m tests.eval.WHAT FOLDER`.

Each module has `score(folder)`, which gives names and numbers, and ends what it prints with them in one line.
"""
