"""The Python side of squall's driver: serves calls from a warm process. Python 3.8, standard library only."""
