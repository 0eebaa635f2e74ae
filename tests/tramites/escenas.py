"""Gestiones at each point of their way, brought there by the real actions."""

import io
import uuid
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from cuentas.models import Usuario
from tests.fabricas import CiudadanoFactory, DocumentoFactory
from tests.prevision.datos import BENEFICIARIO, JURAMENTO, NOMBRE
from tramites import registro
from tramites.acciones.cargar import Carga, cargar
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.enviar import enviar
from tramites.acciones.guardar_paso import guardar_paso
from tramites.acciones.leer_acta import leer_acta
from tramites.models import Documento, Envio, Gestion

RESPUESTAS = {
    "datos-generales": NOMBRE,
    "beneficiario": BENEFICIARIO | {"fecha_nacimiento": "", "correo": "", "identificacion": ""},
    "juramento": JURAMENTO,
}


def titular(**datos: Any) -> Usuario:
    """A citizen with a verified e-mail."""
    persona = CiudadanoFactory(**datos)
    EmailAddress.objects.create(user=persona, email=persona.email, primary=True, verified=True)
    return persona


def nueva(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft just opened."""
    return crear(
        actor=actor, tramite=registro.obtener("invalidez"), ficha=uuid.uuid4(), ahora=ahora or timezone.now()
    )


def guardar(gestion: Gestion, clave: str, ahora: datetime | None = None, **cambios: str) -> int | None:
    """Save a step as its page does; returns the printed form that it voided."""
    ahora = ahora or timezone.now()
    paso = gestion.definicion.paso(clave)
    contexto = gestion.contexto_paso(timezone.localdate(ahora))
    form = paso.clase_formulario(RESPUESTAS[clave] | cambios, contexto=contexto)
    valido = form.is_valid()
    return guardar_paso(
        numero=gestion.numero,
        actor=gestion.solicitante,
        clave=clave,
        valores=form.valores() if valido else form.tecleado(),
        completa=valido,
        continuar=True,
        ahora=ahora,
    )


def hasta_acta(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft with steps 1-3 answered."""
    gestion = nueva(actor, ahora)
    for clave in RESPUESTAS:
        guardar(gestion, clave, ahora)
    return Gestion.de(actor, gestion.numero)


def hasta_documentos(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft confirmed in step 5."""
    ahora = ahora or timezone.now()
    gestion = hasta_acta(actor, ahora)
    leer_acta(numero=gestion.numero, actor=actor, ahora=ahora)
    confirmar_enterado(numero=gestion.numero, actor=actor, descarga=True, ahora=ahora)
    return Gestion.de(actor, gestion.numero)


def pdf(paginas: int = 1, ancho: float = 612) -> bytes:
    """An honest PDF; another width makes other bytes."""
    escritor, salida = PdfWriter(), io.BytesIO()
    for _ in range(paginas):
        escritor.add_blank_page(ancho, 792)
    escritor.write(salida)
    return salida.getvalue()


def subir(gestion: Gestion, renglon: int, contenido: bytes | None = None, **cambios: Any) -> Carga:
    """Load a file in a renglón; each renglón gets bytes of its own."""
    nombre = cambios.pop("nombre", f"documento {renglon}.pdf")
    datos = {"ficha": uuid.uuid4(), "ahora": timezone.now(), "actor": gestion.solicitante} | cambios
    archivo = SimpleUploadedFile(nombre, pdf(ancho=600 + renglon) if contenido is None else contenido)
    return cargar(numero=gestion.numero, renglon=renglon, archivo=archivo, **datos)


def completa(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft with everything, ready to be sent."""
    gestion = hasta_documentos(actor, ahora)
    for renglon in gestion.definicion.obligatorios:
        subir(gestion, renglon)
    return Gestion.de(actor, gestion.numero)


def mandar(gestion: Gestion, **cambios: Any) -> Envio:
    """Press «Sí» on the window that shows this Gestión."""
    datos = {
        "numero": gestion.numero,
        "actor": gestion.solicitante,
        "ficha": uuid.uuid4(),
        "version": gestion.version,
        "ahora": timezone.now(),
    }
    return enviar(**datos | cambios)


def recibida(actor: Usuario) -> Gestion:
    """A Gestión that ONSEC has."""
    gestion = completa(actor)
    mandar(gestion)
    return Gestion.de(actor, gestion.numero)


def adjuntar(gestion: Gestion, renglon: int, **datos: Any) -> Documento:
    """A file in a renglón without its inspection: for tests that look at pages, not at PDFs."""
    es_formulario = renglon == gestion.definicion.renglon_formulario
    version = gestion.formulario_vigente if es_formulario else None
    return DocumentoFactory(gestion=gestion, renglon=renglon, version_formulario=version, **datos)


def con_archivos(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """As `completa`, its files attached and not loaded."""
    gestion = hasta_documentos(actor, ahora)
    for renglon in gestion.definicion.obligatorios:
        adjuntar(gestion, renglon)
    return Gestion.de(actor, gestion.numero)


def enviada_sin_papeles(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """As `recibida`, its files attached and not loaded."""
    gestion = con_archivos(actor, ahora)
    mandar(gestion, **({"ahora": ahora} if ahora else {}))
    return Gestion.de(actor, gestion.numero)
