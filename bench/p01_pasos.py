"""P1. Every step of the wizard opened, beside the floor and the same 23 fields drawn by others."""

from collections.abc import Callable, Iterator
from http import HTTPStatus

from django import forms

from bench import bases
from bench.corrida import Corrida, persona
from bench.informe import Linea, Meta, exacto, pendiente
from bench.navegador import Navegador
from bench.pares.asistente import nombres
from bench.rondas import Reparto
from ceo_portal.interfaz import esqueleto
from previsión.familia.formularios import disposicion
from tests.tramites import escenas

TITULO = "Cada paso del asistente, al abrirlo"
PARES = {"crispy": "formtools + crispy-bootstrap5", "comun": "formtools + {{ form }}"}
BORRADOR = ("datos-generales", "beneficiario", "juramento", "acta")
CONFIRMADA = ("notificado", "documentos", "validacion")
PASO_2 = "beneficiario"
OPCIONES = (22, 340, 3400)


def medir(corrida: Corrida) -> Iterator[Linea]:
    with bases.con(0):
        ciudadana = persona()
        navegador, rutas = corrida.navegador(ciudadana), _rutas(ciudadana)
        pares = {cual: _par(navegador, cual) for cual in PARES}
        casos = {clave: _abrir(navegador, ruta) for clave, ruta in (rutas | pares).items()}
        series = corrida.rondas(casos, corrida.piso_de(ciudadana))
        for clave in rutas:
            yield Linea(clave, "veces el piso, peticiones/s", series[clave].ritmo_del_piso(), Meta(0.3))
        yield Linea(PASO_2, "veces el piso, con el esqueleto", series[PASO_2].ritmo_del_piso(), Meta(0.6))
        crispy = series[PASO_2].veces(series["crispy"])
        yield Linea(PASO_2, f"veces más rápido que {PARES['crispy']}", crispy, Meta(8))
        yield Linea(PASO_2, "lo mismo, con el esqueleto", crispy, Meta(15))
        comun = series[PASO_2].veces(series["comun"])
        yield Linea(PASO_2, f"veces más rápido que {PARES['comun']}", comun)
        par = series["crispy"]
        limite = Reparto.de(v.cpu / p.cpu for v, p in zip(par.ventanas, par.pisos, strict=True))
        yield Linea("piso", f"veces más rápido que {PARES['crispy']}: el límite", limite)
        for clave, serie in series.items():
            yield Linea(PARES.get(clave, clave), "ms de procesador", serie.cpu_ms)
        for clave, ruta in (rutas | pares).items():
            caso = PARES.get(clave, clave)
            yield Linea(caso, "consultas", exacto(navegador.consultas(ruta)))
            yield Linea(caso, "bytes comprimidos", exacto(len(navegador.pedir(ruta))))
        formularios = {f"{n} opciones": _con_opciones(n) for n in OPCIONES}
        tiempos = corrida.rondas(formularios, corrida.piso_de(ciudadana))
        puntos = [(n, s.cpu_ms.mediana) for n, s in zip(OPCIONES, tiempos.values(), strict=True)]
        yield Linea("formulario", f"crece con sus opciones, {OPCIONES}", exacto(pendiente(puntos)))


def _rutas(ciudadana: object) -> dict[str, str]:
    """Steps 1-4 of a draft being typed, and 5-7 of another that has its files."""
    borrador, confirmada = escenas.hasta_acta(ciudadana), escenas.con_archivos(ciudadana)
    return {
        clave: f"/gestiones/{gestion.numero}/paso/{clave}/"
        for gestion, claves in ((borrador, BORRADOR), (confirmada, CONFIRMADA))
        for clave in claves
    }


def _con_opciones(n: int) -> Callable[[], str]:
    """A form with a list so long, written by the fast way."""
    opciones = tuple((str(i), f"Opción {i}") for i in range(n))

    class LargoForm(forms.Form):
        lista = forms.ChoiceField(choices=opciones)
        helper = disposicion("lista")

    return lambda: esqueleto.escribir(LargoForm(initial={"lista": str(n // 2)}))


def _par(navegador: Navegador, cual: str) -> str:
    """The peer's step, with the same answers kept."""
    ruta = f"/bench/asistente/{cual}/{PASO_2}/"
    datos = nombres(f"asistente_{cual}", escenas.RESPUESTAS[PASO_2])
    navegador.pedir(ruta, datos, espera=HTTPStatus.FOUND)
    return ruta


def _abrir(navegador: Navegador, ruta: str) -> Callable[[], bytes]:
    return lambda: navegador.pedir(ruta)
