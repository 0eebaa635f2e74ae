"""Gestiones at each point of their way, brought there by the real actions."""

import io
import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfWriter

from bitacora.models import Evento
from cuentas.models import Usuario
from tests.fabricas import CiudadanoFactory, DocumentoFactory, PersonalFactory
from tests.prevision.datos import BENEFICIARIO, JURAMENTO, NOMBRE
from tramites import registro
from tramites.acciones.admitir import admitir
from tramites.acciones.archivar import archivar
from tramites.acciones.avisar_archivado import avisar_archivado
from tramites.acciones.cargar import Carga, cargar
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.desistir import desistir
from tramites.acciones.enviar import enviar
from tramites.acciones.guardar_paso import Escrito, guardar_paso
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.leer_acta import leer_acta
from tramites.acciones.observar import observar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.registrar_entrega import Medio, registrar_entrega
from tramites.acciones.retirar import retirar
from tramites.acciones.tomar import tomar
from tramites.models import Documento, Envio, Gestion, Resultado
from tramites.reglas.notificacion import evento_del_previo

RESPUESTAS = {
    "datos-generales": NOMBRE,
    "beneficiario": BENEFICIARIO | {"fecha_nacimiento": "", "correo": "", "identificacion": ""},
    "juramento": JURAMENTO,
}
FIRMA = "FORMULARIO CAMPO DE FIRMA FALTA FIRMAR."
MOTIVO = "DOCUMENTOS PENDIENTES DE CARGAR"


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
    escrito = Escrito.en(paso, form, continuar=True)
    return guardar_paso(numero=gestion.numero, actor=gestion.solicitante, escrito=escrito, ahora=ahora)


def hasta_acta(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft with steps 1-3 answered."""
    gestion = nueva(actor, ahora)
    for clave in RESPUESTAS:
        guardar(gestion, clave, ahora)
    return Gestion.de(actor, gestion.numero)


def leer(gestion: Gestion, ahora: datetime | None = None) -> Gestion:
    """Read the acta and go on at once: the date seen is the day's."""
    ahora = ahora or timezone.now()
    vista = timezone.localdate(ahora).isoformat()
    return leer_acta(numero=gestion.numero, actor=gestion.solicitante, vista=vista, ahora=ahora)


def hasta_documentos(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """A draft confirmed in step 5."""
    ahora = ahora or timezone.now()
    gestion = hasta_acta(actor, ahora)
    leer(gestion, ahora)
    confirmar_enterado(numero=gestion.numero, actor=actor, descarga=True, ahora=ahora)
    return Gestion.de(actor, gestion.numero)


@cache
def pdf(paginas: int = 1, ancho: float = 612) -> bytes:
    """An honest PDF; another width makes other bytes."""
    escritor, salida = PdfWriter(), io.BytesIO()
    for _ in range(paginas):
        escritor.add_blank_page(ancho, 792)
    escritor.write(salida)
    return salida.getvalue()


@cache
def pdf_de(octetos: int) -> bytes:
    """An honest PDF of so many bytes or a few more."""
    escritor, salida = PdfWriter(), io.BytesIO()
    escritor.add_blank_page(612, 792)
    escritor.add_metadata({"/Subject": "x" * octetos})
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
    for renglon in [r.numero for r in gestion.obligatorios]:
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
    """A file in a renglón without its inspection: for tests of what is done with it, not of what came in."""
    es_formulario = renglon == gestion.definicion.renglon_formulario
    version = gestion.formulario_vigente if es_formulario else None
    datos.setdefault("archivo", ContentFile(pdf(ancho=600 + renglon), name="documento.pdf"))
    return DocumentoFactory(gestion=gestion, renglon=renglon, version_formulario=version, **datos)


def con_archivos(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """As `completa`, its files attached and not loaded."""
    gestion = hasta_documentos(actor, ahora)
    for renglon in [r.numero for r in gestion.obligatorios]:
        adjuntar(gestion, renglon, **({"subido_en": ahora} if ahora else {}))
    return Gestion.de(actor, gestion.numero)


def enviada_sin_papeles(actor: Usuario, ahora: datetime | None = None) -> Gestion:
    """As `recibida`, its files attached and not loaded."""
    gestion = con_archivos(actor, ahora)
    mandar(gestion, **({"ahora": ahora} if ahora else {}))
    return Gestion.de(actor, gestion.numero)


# ── the desk ──────────────────────────────────────────────────────────────────


def analista(**datos: Any) -> Usuario:
    """Someone who reviews; `papel` for the other roles."""
    return PersonalFactory(**datos)


def tomada(actor: Usuario, quien: Usuario) -> Gestion:
    """A Gestión that ONSEC has and that analyst holds."""
    return tomar(numero=enviada_sin_papeles(actor).numero, actor=quien, ahora=timezone.now())


def dictaminar(gestion: Gestion, quien: Usuario, **juicio: Any) -> Gestion:
    """One verdict on the version that stands."""
    gestion = Gestion.objects.get(pk=gestion.pk)
    juicio = {"resultado": Resultado.VERIFICADO} | juicio
    return juzgar(
        numero=gestion.numero,
        actor=quien,
        version=gestion.version,
        juicio=Juicio(**juicio),
        ahora=timezone.now(),
    )


def observar_en(gestion: Gestion, quien: Usuario, casos: dict[int, Any], pasos: dict[str, str]) -> Gestion:
    """Verify every renglón with files but those of `casos` (renglón → text, or fields of the Juicio)."""
    con_archivos = {d.renglon for d in gestion.documentos_vigentes}
    for renglon in sorted(con_archivos - casos.keys()):
        dictaminar(gestion, quien, renglon=renglon)
    for renglon, caso in casos.items():
        campos = {"texto": caso} if isinstance(caso, str) else caso
        dictaminar(gestion, quien, renglon=renglon, resultado=Resultado.OBSERVADO, **campos)
    for paso, texto in pasos.items():
        dictaminar(gestion, quien, paso=paso, resultado=Resultado.OBSERVADO, texto=texto)
    return Gestion.objects.get(pk=gestion.pk)


def devolver(gestion: Gestion, quien: Usuario, motivo: str = MOTIVO) -> Gestion:
    """«Enviar a previo»."""
    gestion = Gestion.objects.get(pk=gestion.pk)
    observar(numero=gestion.numero, actor=quien, version=gestion.version, motivo=motivo, ahora=timezone.now())
    return Gestion.de(gestion.solicitante, gestion.numero)


def observada(
    actor: Usuario,
    quien: Usuario | None = None,
    casos: dict[int, Any] | None = None,
    pasos: dict[str, str] | None = None,
) -> Gestion:
    """A Gestión with a previo: by default, the manual's own case on renglón 1."""
    quien = quien or analista()
    if casos is None:
        casos = {} if pasos else {1: FIRMA}
    gestion = observar_en(tomada(actor, quien), quien, casos, pasos or {})
    return devolver(gestion, quien)


def quitar(gestion: Gestion, documento: Documento) -> None:
    """«Sí, eliminar»."""
    retirar(numero=gestion.numero, actor=gestion.solicitante, documento_id=documento.pk, ahora=timezone.now())


def sustituir(gestion: Gestion, renglon: int) -> Gestion:
    """Take away the sent files of a renglón and load a new one."""
    for documento in gestion.documentos_vigentes:
        if documento.renglon == renglon and documento.envio_id:
            quitar(gestion, documento)
    subir(gestion, renglon, pdf(ancho=700 + renglon))
    return Gestion.de(gestion.solicitante, gestion.numero)


def reponer(gestion: Gestion, *renglones: int) -> Gestion:
    """As `sustituir`, the new files attached and not loaded."""
    for documento in gestion.documentos_vigentes:
        if documento.renglon in renglones and documento.envio_id:
            quitar(gestion, documento)
    for renglon in renglones:
        adjuntar(gestion, renglon)
    return Gestion.de(gestion.solicitante, gestion.numero)


def rehacer(gestion: Gestion, *pasos: str) -> Gestion:
    """Correct those steps, read the acta again and confirm, as an observed step asks (E8)."""
    for clave in pasos:
        guardar(gestion, clave)
    leer(gestion)
    confirmar_enterado(numero=gestion.numero, actor=gestion.solicitante, descarga=True, ahora=timezone.now())
    return Gestion.de(gestion.solicitante, gestion.numero)


def remandar(gestion: Gestion, **cambios: Any) -> Envio:
    """Press «Sí» on the window of a correction."""
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    datos = {
        "numero": gestion.numero,
        "actor": gestion.solicitante,
        "ficha": uuid.uuid4(),
        "version": gestion.version,
        "ahora": timezone.now(),
    }
    return reenviar(**datos | cambios)


def admitida(actor: Usuario, quien: Usuario | None = None) -> Gestion:
    """A Gestión admitted at the first round."""
    quien = quien or analista()
    gestion = observar_en(tomada(actor, quien), quien, {}, {})
    admitir(numero=gestion.numero, actor=quien, version=gestion.version, ahora=timezone.now())
    return Gestion.de(actor, gestion.numero)


def desistida(gestion: Gestion, motivo: str = "") -> Gestion:
    """A Gestión that its owner withdrew."""
    gestion = Gestion.de(gestion.solicitante, gestion.numero)
    return desistir(
        numero=gestion.numero,
        actor=gestion.solicitante,
        version=gestion.version,
        motivo=motivo,
        ahora=timezone.now(),
    )


def notificada(gestion: Gestion, cuando: datetime | None = None) -> Gestion:
    """A Gestión whose owner opened the previo's notice in the portal: the clock runs."""
    evento = evento_del_previo(gestion.numero)
    registrar_entrega(evento_id=evento.pk, entregado_en=cuando or timezone.now(), medio=Medio.PORTAL)
    return Gestion.de(gestion.solicitante, gestion.numero)


def por_archivar(gestion: Gestion) -> Gestion:
    """A Gestión with its last reminder delivered: on its `archivar_el` it is archived."""
    if gestion.en_correccion and gestion.notificada_en is None:
        gestion = notificada(gestion)
    aviso = gestion.ultimo_dia - timedelta(days=7)
    avisar_archivado(numero=gestion.numero, hoy=aviso, ahora=timezone.now())
    evento = Evento.objects.filter(tipo="aviso_archivo", gestion=gestion.numero).latest("id")
    registrar_entrega(evento_id=evento.pk, entregado_en=timezone.now(), medio=Medio.CORREO)
    return Gestion.de(gestion.solicitante, gestion.numero)


def archivada(gestion: Gestion) -> Gestion:
    """A Gestión archived by time, its last reminder delivered."""
    gestion = por_archivar(gestion)
    archivar(numero=gestion.numero, hoy=gestion.archivar_el, ahora=timezone.now())
    return Gestion.de(gestion.solicitante, gestion.numero)
