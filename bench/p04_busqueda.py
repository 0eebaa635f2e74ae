"""P4. Finding a Gestión by number, CUI or name, as Gestiones grow; beside the admin's search."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from bench.corrida import Corrida, persona
from bench.informe import Linea
from bench.listas import Crecimiento, Pagina, analista
from bench.navegador import Navegador
from bench.p03_bandeja import ADMIN
from cuentas.models import Usuario
from tramites.models import Gestion

TITULO = "La búsqueda"
MESA = "/revision/"
# Whom the text is taken from: one sent, half-way.
NUMERO, CUI, ENTERO = "por número", "por CUI", "por nombre, entero"
EXACTAS = (NUMERO, CUI)
NOMBRES = {
    "por nombre, muy común": "lopez",
    "por nombre, dos apellidos": "Muñoz Peñate",
    "por nombre, parte": "marro",
    "por nombre, con un error": "gonzlez marroqin",
}


def medir(corrida: Corrida) -> Iterator[Linea]:
    casos: dict[str, Pagina] = {caso: partial(_buscada, caso=caso) for caso in (*EXACTAS, ENTERO, *NOMBRES)}
    pares: dict[str, Pagina] = {
        f"admin, {caso}": partial(_en_el_admin, caso=caso) for caso in (ENTERO, *NOMBRES)
    }
    lista = Crecimiento(corrida)
    lista.medir(casos, pares)
    for caso in EXACTAS:
        yield from lista.lineas(caso, crece=1.2, cuesta=None, inclina=0.27, consultas=None)
    for caso in (ENTERO, *NOMBRES):
        yield from lista.lineas(caso, crece=3.5, cuesta=None, inclina=0.27, consultas=None)
        yield lista.contra(caso, f"admin, {caso}")


def _texto(caso: str) -> str:
    """What is typed, in the base in use: somebody from half-way, or the name of the case."""
    if caso in NOMBRES:
        return NOMBRES[caso]
    enviadas = Gestion.objects.filter(recibida_en__isnull=False)
    gestion = enviadas.filter(numero__gte=Gestion.objects.count() // 2).order_by("numero")[0]
    return {NUMERO: str(gestion.numero), CUI: gestion.titular_cui, ENTERO: gestion.titular_nombre}[caso]


def _buscada(corrida: Corrida, *, caso: str) -> tuple[Navegador, str]:
    """The page that the search leads to: what was typed does not travel in its address."""
    navegador = corrida.navegador(analista())
    navegador.pedir(MESA, {"vista": "todas", "q": _texto(caso)}, espera=HTTPStatus.FOUND)
    return navegador, navegador.destino


def _en_el_admin(corrida: Corrida, *, caso: str) -> tuple[Navegador, str]:
    quien = persona(Usuario.Papel.ADMINISTRACION)
    return corrida.navegador(quien), f"{ADMIN}?{urlencode({'q': _texto(caso)})}"
