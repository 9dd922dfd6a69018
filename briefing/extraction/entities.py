from spacy.language import Language
class E:
    def __call__(self, doc): return doc
@Language.factory("briefing_entities", default_config={"knowledge": []})
def create(nlp: Language, name: str, knowledge: list[str]): return E()
