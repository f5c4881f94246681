"""Trains the models that `etl/extract/stage_opinion.py` listens to, on the labelled texts in this folder."""
