"""Trains the models that `etl/extract/stages/opinion.py` listens to, on the labelled texts in this folder."""
