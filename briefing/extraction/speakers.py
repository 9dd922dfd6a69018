from __future__ import annotations
class Speakers:
    def __init__(self, doc, work): pass
    def resolve(self, c): return None
    def office(self, c): return None, None
