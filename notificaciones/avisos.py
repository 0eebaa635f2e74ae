"""Which act tells whom, by which road and under which subject (matriz.md §7, mensajes.md §8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.acciones.avisar_archivo import ANTICIPO
from tramites.acciones.devolver import SIN_ANALISTA
from tramites.acciones.registrar_entrega import evento_del_previo
from tramites.eventos import TipoEvento
from tramites.models import AvisoArchivo, Causa, Estado

from . import previo
from .actos import (
    Acto,
    Destinatarios,
    actor,
    analista,
    analista_o_jefatura,
    custodios,
    encargado,
    jefatura,
    persona,
    titular,
)
from .models import Correo, Notificacion


def sin_mas(_acto: Acto) -> Mapping[str, Any]:
    """Nothing beyond what every notice says."""
    return {}


def lo_mismo(_acto: Acto, _ahora: datetime) -> Mapping[str, Any]:
    """When it is sent it says what it said when it was owed."""
    return {}


def siempre(_acto: Acto) -> bool:
    """What it tells happened, whatever happens later."""
    return True


@dataclass(frozen=True, kw_only=True)
class Aviso:
    """A notice; its body is the template `notificaciones/correo/<plantilla>.txt`.

    `asunto` may name `{gestion}` and whatever `datos` gives, which the body takes too; `detalle`
    goes to the portal alone. `vigente` says, when the mail goes out, whether it still has a purpose;
    `al_enviar`, what of `datos` is true by then. `boton` labels its link, which leads to the page
    named `destino`; a page about a Gestión takes its number. `estado` is the header's, when it is not
    the Gestión's.
    """

    plantilla: str
    asunto: str
    destinatarios: Destinatarios = titular
    procede: Callable[[Acto], bool] = siempre
    vigente: Callable[[Acto], bool] = siempre
    al_enviar: Callable[[Acto, datetime], Mapping[str, Any]] = lo_mismo
    datos: Callable[[Acto], Mapping[str, Any]] = sin_mas
    detalle: Callable[[Acto], Mapping[str, Any]] = sin_mas
    boton: str = ""
    destino: str = ""
    estado: str = ""
    correo: bool = True
    portal: bool = True

    def notificacion(self, acto: Acto, para: Usuario) -> Notificacion:
        """Its row of «Mis Notificaciones», not saved yet."""
        campos = self._campos(acto, {**self.datos(acto), **self.detalle(acto)})
        return Notificacion(destinatario=para, creada_en=acto.evento.ocurrido_en, **campos)

    def carta(self, acto: Acto, para: Usuario, datos: Mapping[str, Any] | None = None) -> Correo:
        """Its row of the outbox, not saved yet; with `datos`, what the act has not written yet."""
        campos = self._campos(acto, self.datos(acto) if datos is None else datos)
        return Correo(destinatario=para, para=para.email, creado_en=acto.evento.ocurrido_en, **campos)

    def _campos(self, acto: Acto, datos: Mapping[str, Any]) -> dict[str, Any]:
        """What both rows keep: dates of Guatemala in 24 hours, and the link's path."""
        cuando, numero = timezone.localtime(acto.evento.ocurrido_en), acto.evento.gestion
        return {
            "evento": acto.evento if acto.evento.pk else None,
            "gestion": numero,
            "plantilla": self.plantilla,
            "asunto": self.asunto.format(gestion=numero, **datos),
            "contexto": {
                "fecha": f"{cuando:%d-%m-%Y}",
                "hora": f"{cuando:%H:%M:%S}",
                "estado": self.estado or (acto.en.get_estado_display() if acto.en else ""),
                "boton": self.boton,
                "enlace": reverse(self.destino, args=[numero] if numero else None) if self.destino else "",
                **datos,
            },
        }


def para_el_titular(plantilla: str, asunto: str, **otros: Any) -> Aviso:
    """A notice to the owner about the Gestión: C of the table."""
    campos: dict[str, Any] = {"boton": "Ver mi Gestión", "destino": "gestion"} | otros
    return Aviso(plantilla=plantilla, asunto=f"Gestión No. {{gestion}}: {asunto}", **campos)


def para_onsec(plantilla: str, asunto: str, destinatarios: Destinatarios = analista, **otros: Any) -> Aviso:
    """A notice to the office about the Gestión, in the portal alone: N of the table."""
    campos: dict[str, Any] = {"boton": "Abrir la Gestión", "destino": "revision", "correo": False} | otros
    return Aviso(
        plantilla=plantilla,
        asunto=f"Gestión No. {{gestion}}: {asunto}",
        destinatarios=destinatarios,
        **campos,
    )


def de_una_cuenta(plantilla: str, asunto: str, **otros: Any) -> Aviso:
    """A notice about the account to whoever did it."""
    campos: dict[str, Any] = {"destinatarios": actor} | otros
    return Aviso(plantilla=plantilla, asunto=asunto, **campos)


# ── what each says beyond the header ──────────────────────────────────────────


def fecha(iso: str) -> str:
    """`dd-mm-aaaa`, from the date that the event keeps."""
    return f"{date.fromisoformat(iso):%d-%m-%Y}"


def plazo(acto: Acto) -> Mapping[str, Any]:
    """How long is left and what to do: a draft is completed; what was returned, corrected."""
    datos = acto.evento.datos
    return _quedan(datos["quedan"], date.fromisoformat(datos["archivar_el"])) | {
        "borrador": datos["estado"] == Estado.CREACION
    }


def plazo_al_enviar(acto: Acto, ahora: datetime) -> Mapping[str, Any]:
    """The same, after the days that the mail waited; if the time is over, the archive waits for it (FB3)."""
    datos = acto.evento.datos
    esperados = (timezone.localdate(ahora) - timezone.localdate(acto.evento.ocurrido_en)).days
    quedan, archivar_el = datos["quedan"] - esperados, date.fromisoformat(datos["archivar_el"])
    if esperados <= 0:
        return {}
    if quedan < 0:
        archivar_el += ANTICIPO - timedelta(days=quedan + 1)
        quedan = ANTICIPO.days
    return _quedan(quedan, archivar_el)


def _quedan(quedan: int, archivar_el: date) -> dict[str, Any]:
    contados = {0: "hoy es el último día para actuar", 1: "mañana es el último día para actuar"}
    return {
        "quedan": quedan,
        "cuanto": contados.get(quedan, f"le quedan {quedan} días para actuar"),
        "archivar_el": f"{archivar_el:%d-%m-%Y}",
    }


def en_este_ciclo(acto: Acto) -> bool:
    """Whether the clock that the reminder speaks of still runs."""
    aviso = AvisoArchivo.objects.filter(evento=acto.evento).first()
    return aviso is not None and aviso.ciclo == acto.gestion.ciclo and acto.gestion.estado in POR_ARCHIVAR


def por_corregir(acto: Acto) -> bool:
    """Whether that previo, and no later one, waits for its owner."""
    return acto.gestion.en_correccion and acto.evento == evento_del_previo(acto.gestion.numero)


def la_ultima(acto: Acto) -> bool:
    """Whether no later act archived the Gestión or took it up again."""
    vueltas = Evento.objects.filter(
        gestion=acto.evento.gestion, tipo__in=(TipoEvento.ARCHIVADA, TipoEvento.DESARCHIVADA)
    )
    return not vueltas.filter(pk__gt=acto.evento.pk).exists()


def archivo(acto: Acto) -> Mapping[str, Any]:
    """The months that passed, and whether its owner alone may take it up again (FB2)."""
    borrador = acto.gestion.estado_al_archivar == Estado.CREACION
    return {"plazo": previo.en_meses(acto.gestion.meses_archivo), "borrador": borrador}


def reapertura(acto: Acto) -> Mapping[str, Any]:
    """Until when its owner may act; empty when the time is the office's."""
    ultimo = acto.gestion.ultimo_dia
    return {"ultimo_dia": f"{ultimo:%d-%m-%Y}" if ultimo else ""}


def causa(esperada: Causa) -> Callable[[Acto], bool]:
    """Whether the Gestión was archived for that."""
    return lambda acto: acto.evento.datos["causa"] == esperada


def a_onsec(acto: Acto) -> bool:
    """Whether a file was added to what the office already has (B7.3)."""
    return acto.evento.datos.get("estado") in (Estado.RECIBIDA, Estado.ADMITIDA)


def renglon(acto: Acto) -> Mapping[str, Any]:
    """The number of the document."""
    return {"renglon": acto.evento.datos["renglon"]}


def justificados(acto: Acto) -> Mapping[str, Any]:
    """What was observed after having been verified, by number or step (matriz.md §5)."""
    lugares = acto.evento.datos["justificados"]
    definicion = acto.gestion.definicion
    dichos = [
        f"paso {definicion.paso(x).numero}" if isinstance(x, str) else f"documento {x}" for x in lugares
    ]
    return {"lugares": ", ".join(dichos)}


def folio(acto: Acto) -> Mapping[str, Any]:
    """The number of a request about personal data and the date it promises."""
    datos = acto.evento.datos
    return {"folio": datos["folio"], "limite": fecha(datos["fecha"])}


def limite(acto: Acto) -> Mapping[str, Any]:
    """Until when the export can be downloaded."""
    return {"limite": fecha(acto.evento.datos["fecha"])}


def motivo(acto: Acto) -> Mapping[str, Any]:
    """What was found of the log and its anchors."""
    return {"motivo": acto.evento.datos["motivo"]}


PREVIO = para_el_titular(
    "previo",
    Estado.OBSERVADA.label,
    datos=previo.contenido,
    detalle=previo.detalle,
    vigente=por_corregir,
    estado=Estado.OBSERVADA.label,
    boton="Ver qué debo corregir",
)
SOLICITUD_DATOS = "Recibimos su solicitud sobre sus datos, folio {folio}"
RESPUESTA_DATOS = "Respuesta a su solicitud, folio {folio}"

POR_ARCHIVAR = (Estado.CREACION, Estado.OBSERVADA)
# Told on purpose to nobody.
NINGUNO: tuple[Aviso, ...] = ()

AVISOS: dict[str, tuple[Aviso, ...]] = {
    # the account
    "cuenta_creada": NINGUNO,  # allauth's mail with the link to confirm already says it
    "cuenta_verificada": (
        de_una_cuenta(
            "cuenta_verificada",
            "Su cuenta del portal CEO está lista",
            boton="Ingresar al portal",
            destino="account_login",
        ),
    ),
    "cuenta_liberada": NINGUNO,  # nobody ever answered from that address
    "clave_cambiada": (
        de_una_cuenta(
            "clave_cambiada",
            "Cambió la contraseña de su cuenta",
            boton="Recuperar mi cuenta",
            destino="account_reset_password",
        ),
    ),
    # The address left behind is told by the adapter, the only one that still knows it.
    "correo_cambiado": (
        de_una_cuenta("correo_nuevo", "Este es el nuevo correo de su cuenta", portal=False),
        de_una_cuenta("correo_anterior", "Cambió el correo de su cuenta", correo=False),
    ),
    "segundo_factor_cambiado": (
        de_una_cuenta(
            "segundo_factor_cambiado",
            "Cambió la verificación en dos pasos de su cuenta",
            destinatarios=persona("cuenta"),
        ),
    ),
    "solicitud_datos": (
        de_una_cuenta("solicitud_datos", SOLICITUD_DATOS, datos=folio),
        de_una_cuenta(
            "solicitud_datos_onsec",
            "Una persona pide sobre sus datos, folio {folio}",
            datos=folio,
            destinatarios=encargado,
            correo=False,
        ),
    ),
    "respuesta_datos": (
        de_una_cuenta("respuesta_datos", RESPUESTA_DATOS, datos=folio, destinatarios=persona("persona")),
        de_una_cuenta(
            "respuesta_datos_onsec",
            "Se respondió la solicitud sobre datos, folio {folio}",
            datos=folio,
            destinatarios=encargado,
            correo=False,
        ),
    ),
    # administración's
    "personal_invitado": NINGUNO,  # its mail carries the link, which no event may hold
    "personal_cambiado": NINGUNO,
    "cui_declarado": (
        de_una_cuenta(
            "cui_declarado",
            "Una persona del personal escribió su CUI",
            destinatarios=encargado,
            detalle=lambda acto: {"quien": str(acto.evento.actor)},
            correo=False,
        ),
    ),
    "dato_administrado": NINGUNO,
    # the person's acts
    "gestion_creada": NINGUNO,
    "paso_guardado": NINGUNO,
    "formulario_confirmado": NINGUNO,
    "documento_cargado": (
        para_onsec("archivo_agregado", "la persona agregó un archivo", procede=a_onsec, datos=renglon),
    ),
    "documento_retirado": NINGUNO,
    "enviada": (para_el_titular("enviada", "recibida"),),
    "reenviada": (
        para_el_titular("reenviada", "recibimos su corrección"),
        para_onsec("reenviada_onsec", "la persona envió su corrección"),
    ),
    # the office's
    "previo_emitido": (
        PREVIO,
        para_onsec(
            "previo_justificado",
            "se observó lo que ya estaba verificado",
            jefatura,
            procede=lambda acto: bool(acto.evento.datos["justificados"]),
            datos=justificados,
            detalle=previo.justificaciones,
        ),
    ),
    "admitida": (para_el_titular("admitida", Estado.ADMITIDA.label),),
    "tomada": NINGUNO,
    "liberada": (
        para_onsec(
            "liberada_sin_analista",
            "volvió a «Por asignar»",
            jefatura,
            procede=lambda acto: acto.evento.datos.get("causa") == SIN_ANALISTA,
        ),
    ),
    "toma_caducada": NINGUNO,
    "reasignada": (
        para_onsec("reasignada_anterior", "pasó a otra persona", persona("anterior")),
        para_onsec("reasignada_nuevo", "está a su cargo", persona("nuevo")),
    ),
    "renglon_juzgado": NINGUNO,
    "paso_juzgado": NINGUNO,
    "nota_interna": NINGUNO,
    "datos_internos": NINGUNO,
    "expediente_leido": NINGUNO,  # the owner sees it in «Quién ha visto mi expediente»
    "documento_leido": NINGUNO,
    "papel_leido": NINGUNO,
    "busqueda": NINGUNO,
    "expediente_exportado": NINGUNO,
    "bitacora_exportada": NINGUNO,
    "exportacion_lista": (
        Aviso(
            plantilla="exportacion_lista",
            asunto="Su exportación está lista",
            destinatarios=actor,
            datos=limite,
            boton="Abrir la Gestión",
            destino="revision",
            correo=False,
        ),
    ),
    # the notices themselves
    "aviso_entregado": NINGUNO,
    "aviso_fallido": (para_onsec("aviso_fallido", "un aviso no se entregó", analista_o_jefatura),),
    "correo_reintentado": NINGUNO,
    "archivo_infectado": (
        para_el_titular("archivo_infectado", "un archivo no se pudo recibir"),
        para_onsec("archivo_infectado_onsec", "un archivo tenía un virus"),
    ),
    # the log itself
    "bitacora_en_riesgo": (
        Aviso(
            plantilla="bitacora_en_riesgo",
            asunto="La bitácora necesita que la revisen hoy",
            destinatarios=custodios,
            datos=motivo,
            boton="Abrir la bitácora",
            destino="bitacora",
            correo=False,
        ),
    ),
    # the archive
    "aviso_archivo": (
        para_el_titular(
            "aviso_archivo", "{cuanto}", datos=plazo, vigente=en_este_ciclo, al_enviar=plazo_al_enviar
        ),
    ),
    "archivo_en_espera": (
        para_onsec("archivo_en_espera", "no se archivó por falta de aviso", analista_o_jefatura),
    ),
    "archivada": (
        para_el_titular(
            "archivada", "archivada", procede=causa(Causa.PLAZO), datos=archivo, vigente=la_ultima
        ),
        para_onsec("archivada_onsec", "se archivó por plazo", procede=causa(Causa.PLAZO)),
        para_el_titular("desistida", "usted desistió", procede=causa(Causa.DESISTIMIENTO), vigente=la_ultima),
        para_onsec("desistida_onsec", "la persona desistió", procede=causa(Causa.DESISTIMIENTO)),
    ),
    "desarchivada": (
        para_el_titular(
            "desarchivada",
            "reabierta",
            datos=reapertura,
            vigente=la_ultima,
            al_enviar=lambda acto, _: reapertura(acto),
        ),
        para_onsec("desarchivada_onsec", "reabierta", datos=reapertura),
    ),
}
