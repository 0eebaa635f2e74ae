"""What ONSEC gives in writing: the receipt of a sending, the notice of a previo, the proof of admission."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from territorio import cui as reglas_cui
from tramites.definicion import Impreso

from .generar import en_filas, qr

DocumentoRecibido = tuple[int, str, str, int, str]  # renglón, its name, file, pages, SHA-256 (hex)


def constancia_de(envio: Any) -> Impreso:
    """The receipt of an `Envio`: the files that stood when it was sent, later withdrawn or not."""
    gestion = envio.gestion
    return constancia_recepcion(
        numero=gestion.numero,
        tramite_nombre=gestion.definicion.nombre,
        titular_nombre=_nombre_enviado(envio),
        cui=gestion.titular_cui,
        recibida_en=envio.enviado_en,
        ronda=envio.ronda,
        documentos=documentos_al(gestion, envio.enviado_en),
        codigo=envio.codigo,
        url_verificacion=url_de(envio.codigo),
        resumen=envio.resumen,
    )


def documentos_al(gestion: Any, momento: datetime) -> list[DocumentoRecibido]:
    """The files sent that stood at that moment, later withdrawn or not."""
    return [
        (d.renglon, gestion.definicion.requisito(d.renglon).nombre, d.nombre, d.paginas, d.sha256)
        for d in gestion.documentos.filter(envio__enviado_en__lte=momento, subido_en__lte=momento).order_by(
            "renglon", "subido_en"
        )
        if d.retirado_en is None or d.retirado_en > momento
    ]


def url_de(codigo: str) -> str:
    """Where anyone verifies a paper."""
    return f"{settings.URL_PUBLICA}/verificar/{codigo}/"


def constancia_recepcion(
    *,
    numero: int,
    tramite_nombre: str,
    titular_nombre: str,
    cui: str,
    recibida_en: datetime,
    ronda: int,
    documentos: Iterable[DocumentoRecibido],
    codigo: str,
    url_verificacion: str,
    resumen: str,
) -> Impreso:
    """The paper «CONSTANCIA DE RECEPCIÓN»; `recibida_en` is aware and printed in Guatemala's time."""
    return Impreso(
        plantilla="tramites/impreso/constancia_recepcion.html",
        titulo=f"Constancia de recepción. Gestión No. {numero}",
        contexto={
            "numero": numero,
            "datos": _datos(
                numero,
                ("Recibida (hora Guatemala)", recibida_en),
                "Solicitud Recibida",
                (tramite_nombre, titular_nombre, cui),
            ),
            "ronda": ronda,
            "documentos": _listados(documentos),
            "codigo": codigo,
            "url_verificacion": url_verificacion,
            "resumen": resumen,
            "codigo_qr": qr(
                url_verificacion, f"Código QR para comprobar la constancia de la Gestión No. {numero}"
            ),
        },
    )


def aviso_de_previo(previo: Any, comprobante: Any) -> Impreso:
    """The paper «AVISO DE PREVIO»: the motive, and each case with its document or step (E7)."""
    definicion = previo.gestion.definicion
    casos = [
        (f"Documento {c.renglon}", definicion.requisito(c.renglon).nombre, c.texto)
        if c.renglon
        else (f"Paso {definicion.paso(c.paso).numero}", definicion.paso(c.paso).nombre, c.texto)
        for c in previo.casos.all()
    ]
    return _decision(
        comprobante,
        "Fecha de envío",
        "Solicitud con observaciones",
        motivo=previo.motivo,
        casos=casos,
        meses=previo.gestion.meses_archivo,
    )


def constancia_de_admision(comprobante: Any, base: str) -> Impreso:
    """The paper «CONSTANCIA DE ADMISIÓN», with its legal base and the files that were verified (F2)."""
    documentos = documentos_al(comprobante.gestion, comprobante.decidido_en)
    return _decision(
        comprobante,
        "Admitida (hora Guatemala)",
        "Expediente Admitido",
        base=base,
        documentos=_listados(documentos),
    )


def _decision(comprobante: Any, rotulo: str, estado: str, **contexto: Any) -> Impreso:
    """What the papers of a decision share: whose, when, and how it is verified."""
    gestion, url = comprobante.gestion, url_de(comprobante.codigo)
    envio = gestion.envios.select_related("version_formulario").get(ronda=comprobante.ronda)
    titulo = comprobante.get_clase_display()
    return Impreso(
        plantilla=f"tramites/impreso/{comprobante.clase}.html",
        titulo=f"{titulo}. Gestión No. {gestion.numero}",
        contexto={
            "numero": gestion.numero,
            "tramite_nombre": gestion.definicion.nombre,
            "datos": _datos(
                gestion.numero,
                (rotulo, comprobante.decidido_en),
                estado,
                (gestion.definicion.nombre, _nombre_enviado(envio), gestion.titular_cui),
            ),
            "codigo": comprobante.codigo,
            "url_verificacion": url,
            "codigo_qr": qr(url, f"Código QR para comprobar: {titulo}, Gestión No. {gestion.numero}"),
            **contexto,
        },
    )


def _nombre_enviado(envio: Any) -> str:
    """The name as it was sent: a correction in hand is not ONSEC's yet."""
    return envio.version_formulario.contenido.get("nombre_completo") or envio.gestion.titular_nombre


def _datos(numero: int, fecha: tuple[str, datetime], estado: str, solicitud: tuple[str, str, str]) -> Any:
    """The boxes that head each of these papers; `solicitud` is (trámite, name, CUI)."""
    momento = timezone.localtime(fecha[1])
    tramite_nombre, titular_nombre, cui = solicitud
    return en_filas(
        [
            ("Número de Gestión", str(numero)),
            (fecha[0], f"{momento:%d-%m-%Y} a las {momento:%H:%M:%S}"),
            ("Estado de Solicitud", estado),
            ("Tipo de Solicitud", tramite_nombre),
            ("Solicitante", titular_nombre),
            ("CUI", reglas_cui.formatear(cui)),
        ]
    )


def _listados(documentos: Iterable[DocumentoRecibido]) -> list[dict[str, Any]]:
    return [
        {"renglon": r, "nombre": nombre, "archivo": archivo, "paginas": paginas, "huella": sha256[:12]}
        for r, nombre, archivo, paginas, sha256 in documentos
    ]
