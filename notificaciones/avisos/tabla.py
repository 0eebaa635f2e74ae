"""Which act tells whom, by which road and under which subject (matriz.md §7, mensajes.md §8)."""

from tramites.models import Causa, Estado

from . import previo
from .aviso import Aviso, de_una_cuenta, para_el_titular, para_onsec
from .condiciones import (
    a_onsec,
    causa,
    con_justificados,
    en_este_ciclo,
    espera_correccion,
    la_ultima,
    sin_analista,
)
from .datos import (
    archivado,
    de_quien,
    folio,
    justificados,
    limite,
    motivo,
    perdido,
    plazo,
    plazo_al_enviar,
    quien_lo_hizo,
    reapertura,
    renglon,
)
from .destinatarios import actor, analista_o_jefatura, custodios, encargado, jefatura, persona

PREVIO = para_el_titular(
    "previo",
    Estado.OBSERVADA.label,
    datos=previo.contenido,
    detalle=previo.detalle,
    vigente=espera_correccion,
    estado=Estado.OBSERVADA.label,
    boton="Ver qué debo corregir",
)
SOLICITUD_DATOS = "Recibimos su solicitud sobre sus datos, folio {folio}"
RESPUESTA_DATOS = "Respuesta a su solicitud, folio {folio}"

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
        de_una_cuenta("correo_nuevo", "Este es el nuevo correo de su cuenta", en_portal=False),
        de_una_cuenta("correo_anterior", "Cambió el correo de su cuenta", por_correo=False),
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
            por_correo=False,
        ),
    ),
    "respuesta_datos": (
        de_una_cuenta("respuesta_datos", RESPUESTA_DATOS, datos=folio, destinatarios=persona("persona")),
        de_una_cuenta(
            "respuesta_datos_onsec",
            "Se respondió la solicitud sobre datos, folio {folio}",
            datos=folio,
            destinatarios=encargado,
            por_correo=False,
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
            detalle=quien_lo_hizo,
            por_correo=False,
        ),
    ),
    "cui_vaciado": (
        de_una_cuenta(
            "cui_vaciado",
            "Una cuenta del personal quedó sin CUI",
            destinatarios=encargado,
            detalle=de_quien,
            por_correo=False,
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
            procede=con_justificados,
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
            procede=sin_analista,
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
            por_correo=False,
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
    "archivo_perdido": (
        para_onsec(
            "archivo_perdido",
            "no se encontró un archivo guardado",
            custodios,
            datos=perdido,
            boton="",
            destino="",
        ),
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
            por_correo=False,
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
            "archivada", "archivada", procede=causa(Causa.PLAZO), datos=archivado, vigente=la_ultima
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
