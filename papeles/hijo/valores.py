"""The values of pypdf's dictionaries, with their references followed."""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NullObject, StreamObject


def resolver(valor: Any) -> Any:
    """The value itself, through any chain of references; `None` when there is none or it is null."""
    for _ in range(16):
        if not isinstance(valor, IndirectObject):
            return None if isinstance(valor, NullObject) else valor
        valor = valor.get_object()
    return None


def entrada(nodo: DictionaryObject, llave: str) -> Any:
    """An entry's own value, its reference resolved; `None` when absent."""
    return resolver(dict.get(nodo, llave))


def nombre(nodo: DictionaryObject, llave: str) -> str:
    """An entry that is a name; empty when it is not."""
    valor = entrada(nodo, llave)
    return valor if isinstance(valor, NameObject) else ""


def numero(nodo: DictionaryObject, llave: str) -> int:
    """A non-negative integer entry; zero when absent or of another kind."""
    valor = entrada(nodo, llave)
    return max(int(valor), 0) if isinstance(valor, (int, float)) else 0


def es_tipo(objeto: Any, tipo: str) -> bool:
    """Whether the object is a dictionary of that /Type."""
    return isinstance(objeto, DictionaryObject) and nombre(objeto, "/Type") == tipo


def filtros(flujo: StreamObject) -> list[str]:
    """Names of the stream's filters, in order."""
    valor = entrada(flujo, "/Filter")
    candidatos = [resolver(v) for v in valor] if isinstance(valor, ArrayObject) else [valor]
    return [candidato for candidato in candidatos if isinstance(candidato, NameObject)]


def cuantos_nombres(objeto: Any) -> int:
    """How many names stand in the object, keys and values, references unfollowed."""
    cuenta, pila = 0, [objeto]
    while pila:
        nodo = pila.pop()
        if isinstance(nodo, DictionaryObject):
            cuenta += len(nodo)
            pila.extend(nodo.values())
        elif isinstance(nodo, ArrayObject):
            pila.extend(nodo)
        cuenta += isinstance(nodo, NameObject)
    return cuenta
