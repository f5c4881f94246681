"""Trains the models that `stages/opinion.py` and `roles/opinion.py` of `etl/extract` listen to, on the labelled texts in this folder."""
