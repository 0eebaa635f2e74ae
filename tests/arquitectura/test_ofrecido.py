"""No page offers what the law refuses: every link and button of each role in each state (matriz.md §3)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit
from xml.etree.ElementTree import Element

from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from tests.arquitectura.matriz import CIUDADANOS
from tests.arquitectura.mundos import Mundo
from tests.arquitectura.test_matriz_http import DE_LA_MESA, DEL_TITULAR, _entrar, _ley
from tests.tramites.ciudadano.lectura import arbol, visible

RUTAS = {ruta.nombre: ruta for ruta in (*DEL_TITULAR, *DE_LA_MESA)}
# Papers and pictures: that they may be asked for is read in the law, and what they hold is other tests'.
PESADOS = {"constancia", "aviso_previo", "admision", "formulario_pdf", "documento", "archivo_revision"}
PESADOS |= {"constancia_revision", "aviso_previo_revision", "admision_revision", "pagina"}
# The mail as its reader gets it: its links are the person's.
PESADOS |= {"vista_previa_html"}
NO_SE_HACE = {403, 404, 409}


def puertas(mundo: Mundo, papel: str) -> list[str]:
    """Where each one comes in."""
    if papel in CIUDADANOS:
        return [reverse(n) for n in ("tablero", "solicitudes", "previos", "notificaciones")]
    return [reverse("mesa"), f"{reverse('mesa')}?q={mundo.gestion.numero}", f"{reverse('mesa')}?vista=todas"]


def enlaces(pagina: Element, aqui: str) -> Iterator[tuple[str, str]]:
    """The words and the address of each link."""
    for a in pagina.iter("a"):
        yield visible(a), urljoin(aqui, a.get("href", "")).partition("#")[0]


def envios(pagina: Element, aqui: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The words, method, address and fields of each button, its form as it stands."""
    suyos = {f.get("id"): f for f in pagina.iter("form") if f.get("id")}
    for forma in pagina.iter("form"):
        sueltos = [b for b in pagina.iter("button") if suyos.get(b.get("form", "")) is forma]
        for boton in [*forma.iter("button"), *sueltos]:
            if boton.get("type") == "button" or (boton.get("form") and boton not in sueltos):
                continue
            direccion = urljoin(aqui, boton.get("formaction") or forma.get("action", ""))
            datos = campos(forma) | {boton.get("name", ""): boton.get("value", "")}
            yield visible(boton), forma.get("method", "get"), direccion, {n: v for n, v in datos.items() if n}


def campos(forma: Element) -> dict[str, Any]:
    """What it sends untouched."""
    datos = {}
    for e in forma.iter():
        marcable = e.get("type") in ("radio", "checkbox") and e.get("checked") is None
        if e.tag == "input" and e.get("type") not in ("file", "submit") and not marcable:
            datos[e.get("name", "")] = e.get("value", "on" if e.get("type") == "checkbox" else "")
        elif e.tag == "textarea":
            datos[e.get("name", "")] = (e.text or "").removeprefix("\n")
        elif e.tag == "select":
            opciones = [o for o in e.iter("option") if o.get("selected") is not None]
            datos[e.get("name", "")] = next((o.get("value", "") for o in opciones), "")
    return datos


def clase(direccion: str) -> tuple[Any, ...]:
    """A page and what it is asked: another document of the same page is the same page."""
    partes = urlsplit(direccion)
    return partes.path, *sorted(nombre for nombre, _valor in parse_qsl(partes.query))


def recorrer(mundo: Mundo, papel: str, cliente: Client) -> tuple[dict[str, set[str]], list[str]]:
    """Every page that its links lead to, with what each offers; and what was offered and refused."""
    de_esta = f"/gestiones/{mundo.gestion.numero}/"
    por_ver, ofrecido, negado = puertas(mundo, papel), {}, []
    vistas, pulsados = {clase(p) for p in por_ver}, set()
    for direccion in por_ver:
        respuesta = cliente.get(direccion)
        if respuesta.status_code in NO_SE_HACE:
            negado.append(f"{direccion}: {respuesta.status_code}")
        if respuesta.status_code != 200:
            continue
        pagina = arbol(respuesta).find(".//main")
        aqui = urlsplit(direccion).path
        for palabras, destino in enlaces(pagina, direccion):
            if de_esta not in destino:
                continue
            ofrecido.setdefault(aqui, set()).add(palabras)
            nombre = nombre_de(destino)
            if nombre in RUTAS and _ley(RUTAS[nombre], mundo, papel) != "✔" and RUTAS[nombre].datos is None:
                negado.append(f"{aqui} «{palabras}»: la ley dice {_ley(RUTAS[nombre], mundo, papel)}")
            if nombre not in PESADOS and clase(destino) not in vistas:
                vistas.add(clase(destino))
                por_ver.append(destino)
        for palabras, metodo, destino, datos in envios(pagina, direccion):
            if de_esta not in destino:
                continue
            ofrecido.setdefault(aqui, set()).add(palabras)
            boton = (nombre_de(destino), datos.get("accion", ""))
            if boton in pulsados:
                continue
            pulsados.add(boton)
            dicho, sigue = enviar(cliente, metodo, destino, datos)
            if dicho in NO_SE_HACE:
                negado.append(f"{aqui} «{palabras}»: {dicho}")
            if de_esta in sigue and nombre_de(sigue) in RUTAS and clase(sigue) not in vistas:
                vistas.add(clase(sigue))
                por_ver.append(sigue)
    return ofrecido, negado


def nombre_de(direccion: str) -> str:
    return resolve(urlsplit(direccion).path).url_name or ""


def enviar(cliente: Client, metodo: str, destino: str, datos: dict[str, Any]) -> tuple[int, str]:
    """What pressing it answers, and where it leads if it leaves all as it was; what it did is undone."""
    with transaction.atomic():
        try:
            respuesta = cliente.post(destino, datos) if metodo == "post" else cliente.get(destino, datos)
        finally:
            transaction.set_rollback(True)
    sigue = respuesta.get("Location", "") if nombre_de(destino) == "decidir" else ""
    return respuesta.status_code, sigue.partition("#")[0]


def test_ninguna_pagina_ofrece_lo_que_la_matriz_niega(mundo):
    """matriz.md §3: what is shown leads to something that may be done, for each role in each state."""
    negados = {}
    for papel, persona in mundo.gente.items():
        ofrecido, negado = recorrer(mundo, papel, _entrar(persona))
        todo = set().union(*ofrecido.values())
        if negado:
            negados[papel] = negado
        # What was sent is no preview any more.
        por_decidir = mundo.gestion.estado == "RECIBIDA" and papel in ("A*", "J")
        assert ("Vista previa del correo" in todo) is por_decidir, (papel, todo)
    assert negados == {}
