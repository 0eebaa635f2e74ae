"""An expediente out of the portal: what was sent, byte by byte, and what happened, in words. Reads only."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from papeles.almacen import ArchivoPerdido, abrir
from tramites.consultas.expediente import Expediente
from tramites.definicion import ClasePaso
from tramites.models import Documento, Envio

from . import hechos

TROZO = 1024 * 1024


@dataclass(frozen=True)
class Pieza:
    """A file inside the ZIP: where, its SHA-256 (hex) and what it is; `perdido`, one that is not kept."""

    ruta: str
    sha256: str
    que: str
    perdido: str = ""


def escribir(exp: Expediente, salida: IO[bytes], *, quien: str, ahora: datetime) -> list[Pieza]:
    """Write the ZIP: the texts, every file that was ever sent, and the index with the SHA-256 of each.

    `exp` is of a Gestión that was sent. A file that is gone, or is not the one that was received, does not
    stop the export: the index says so.
    """
    with ZipFile(salida, "w", ZIP_DEFLATED) as zip_:
        piezas = [_texto(zip_, *texto) for texto in _textos(exp)]
        piezas += [_archivo(zip_, exp, documento) for documento in exp.enviados]
        zip_.writestr("indice.txt", "\n".join(_indice(exp, piezas, quien, ahora)))
    return piezas


def _texto(zip_: ZipFile, ruta: str, que: str, lineas: list[str]) -> Pieza:
    contenido = "\n".join([*lineas, ""]).encode()
    zip_.writestr(ruta, contenido)
    return Pieza(ruta, hashlib.sha256(contenido).hexdigest(), que)


def _archivo(zip_: ZipFile, exp: Expediente, documento: Documento) -> Pieza:
    """The bytes as they were received; its name is of ours (S11), the person's is in the index."""
    suyos = [d for d in exp.enviados if d.renglon == documento.renglon]
    ruta = f"documentos/{documento.renglon}-{suyos.index(documento) + 1}.pdf"
    try:
        huella = _copiar(zip_, documento, ruta)
    except ArchivoPerdido as perdido:
        falta = f"{_que_es(exp, documento)}. FALTA: no está donde se guardó."
        return Pieza(ruta, "", falta, perdido.nombre)
    igual = "" if huella == documento.sha256 else f" NO ES EL QUE SE RECIBIÓ, que era {documento.sha256}."
    return Pieza(ruta, huella, f"{_que_es(exp, documento)}.{igual}")


def _copiar(zip_: ZipFile, documento: Documento, ruta: str) -> str:
    huella = hashlib.sha256()
    with abrir(documento.archivo) as archivo, zip_.open(ruta, "w") as dentro:
        while trozo := archivo.read(TROZO):
            huella.update(trozo)
            dentro.write(trozo)
    return huella.hexdigest()


def _que_es(exp: Expediente, documento: Documento) -> str:
    lugar = exp.gestion.lugar(renglon=documento.renglon)
    vigente = "vigente" if documento in exp.cuentan else "sustituido"
    if vigente != "vigente" and documento in exp.presentes:
        vigente = "de una versión anterior del formulario: no cuenta"
    ronda = documento.envio.ronda if documento.envio else ""
    return (
        f"{lugar.rotulo}, {lugar.nombre}: «{documento.nombre}», "
        f"cargado el {_cuando(documento.subido_en)}, ronda {ronda}, {vigente}"
    )


def _indice(exp: Expediente, piezas: list[Pieza], quien: str, ahora: datetime) -> Iterator[str]:
    gestion = exp.gestion
    yield f"Expediente de la Gestión No. {gestion.numero}"
    yield f"{gestion.definicion.nombre} · {gestion.get_estado_display()}"
    yield f"Solicitante: {gestion.titular_nombre}, CUI {gestion.titular_cui}"
    yield f"Exportado el {_cuando(ahora)} por {quien}."
    yield "Los archivos están tal como se recibieron. A cada uno le sigue su huella SHA-256."
    for pieza in piezas:
        yield from ("", pieza.ruta, pieza.que, f"SHA-256: {pieza.sha256 or 'no hay archivo'}")
    yield ""


def _textos(exp: Expediente) -> Iterator[tuple[str, str, list[str]]]:
    """Path, what it is and its lines."""
    for envio in reversed(exp.envios):
        ruta = f"formulario-ronda-{envio.ronda}.txt"
        yield ruta, f"Lo que se envió el {_cuando(envio.enviado_en)}", list(_formulario(exp, envio))
    yield "historial.txt", "Cada acto, del más antiguo al más nuevo", list(_historial(exp))
    if previos := list(_previos(exp)):
        yield "previos.txt", "Los previos y sus casos", previos
    if peticiones := list(_peticiones(exp)):
        yield "rectificaciones.txt", "Lo que la persona pidió rectificar", peticiones


def _formulario(exp: Expediente, envio: Envio) -> Iterator[str]:
    version = envio.version_formulario
    yield f"Formulario {version.n} de la Gestión No. {exp.gestion.numero}, código {version.codigo}"
    yield f"Confirmado el {_cuando(version.confirmada_en)}. Huella SHA-256 de su contenido: {version.resumen}"
    for paso in exp.gestion.definicion.pasos_de(version.respuestas):
        if paso.clase is not ClasePaso.FORMULARIO:
            continue
        yield from ("", f"{paso.rotulo}, {paso.nombre}")
        for rotulo, valor in version.contenido["pasos"][paso.clave]["legibles"]:
            yield f"{rotulo}: {valor or 'No indicado'}"


def _historial(exp: Expediente) -> Iterator[str]:
    eventos = list(hechos.visibles(exp.gestion).reverse())
    for hecho in hechos.en_palabras(exp.gestion, eventos):
        yield " · ".join(filter(None, (_cuando(hecho.ocurrido_en), hecho.texto, hecho.detalle, hecho.actor)))


def _previos(exp: Expediente) -> Iterator[str]:
    for previo in reversed(exp.previos):
        yield f"Ronda {previo.ronda}, {_cuando(previo.emitido_en)}. Motivo de envío a PREVIO: {previo.motivo}"
        for caso in previo.emitidos:
            yield f"{caso.titulo}. Caso de Previo: {caso.texto}"


def _peticiones(exp: Expediente) -> Iterator[str]:
    for peticion in exp.gestion.rectificaciones.order_by("pk"):
        yield f"Petición {peticion.folio}, {_cuando(peticion.pedida_en)}: {peticion.texto}"


def _cuando(momento: datetime) -> str:
    return f"{timezone.localtime(momento):%d-%m-%Y %H:%M:%S}"
