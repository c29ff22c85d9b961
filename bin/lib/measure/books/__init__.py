"""Figures of the ledger, beside django-hordak and beside raw inserts of the same rows.

Each side is a program of its own, spoken to in lines of JSON (`talk`), so that all three stand on
the same server and take turns: ours (`ours`, which also writes the raw rows) and hordak
(`peer`, in an environment of its own below var/).
"""
