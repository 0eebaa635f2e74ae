"""What ONSEC gives in writing: the receipt of a sending, the notice of a previo, the proof of admission."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from papeles.generar import en_filas, qr
from papeles.impreso import Impreso
from territorio import cui as reglas_cui


def constancia_de(envio: Any, documentos: Iterable[Any]) -> Impreso:
    """The paper «CONSTANCIA DE RECEPCIÓN» of an `Envio`, with the files that it left at ONSEC."""
    gestion, url = envio.gestion, url_de(envio.codigo)
    return Impreso(
        plantilla="tramites/impreso/constancia_recepcion.html",
        titulo=f"Constancia de recepción. Gestión No. {gestion.numero}",
        contexto={
            "numero": gestion.numero,
            "datos": _datos(envio, "Recibida (hora Guatemala)", envio.enviado_en, "Solicitud Recibida"),
            "ronda": envio.ronda,
            "documentos": _listados(envio, documentos),
            "codigo": envio.codigo,
            "url_verificacion": url,
            "resumen": envio.resumen,
            "codigo_qr": qr(
                url, f"Código QR para comprobar la constancia de la Gestión No. {gestion.numero}"
            ),
        },
    )


def url_de(codigo: str) -> str:
    """Where anyone verifies a paper."""
    return f"{settings.URL_PUBLICA}/verificar/{codigo}/"


def aviso_de_previo(previo: Any, comprobante: Any, envio: Any) -> Impreso:
    """The paper «AVISO DE PREVIO»: the motive, and each case with its document or step (E7)."""
    lugares = [(previo.gestion.lugar(renglon=c.renglon, paso=c.paso), c) for c in previo.casos.all()]
    casos = [(lugar.rotulo, lugar.nombre, c.texto) for lugar, c in lugares]
    return _decision(
        comprobante,
        envio,
        "Fecha de envío",
        "Solicitud con observaciones",
        motivo=previo.motivo,
        casos=casos,
        meses=previo.gestion.meses_archivo,
    )


def constancia_de_admision(comprobante: Any, envio: Any, documentos: Iterable[Any], base: str) -> Impreso:
    """The paper «CONSTANCIA DE ADMISIÓN», with its legal base and the files that were verified (F2)."""
    return _decision(
        comprobante,
        envio,
        "Admitida (hora Guatemala)",
        "Expediente Admitido",
        base=base,
        documentos=_listados(envio, documentos),
    )


def _decision(comprobante: Any, envio: Any, rotulo: str, estado: str, **contexto: Any) -> Impreso:
    """What the papers of a decision share: whose, when, and how it is verified."""
    gestion, url = comprobante.gestion, url_de(comprobante.codigo)
    titulo = comprobante.get_clase_display()
    return Impreso(
        plantilla=f"tramites/impreso/{comprobante.clase}.html",
        titulo=f"{titulo}. Gestión No. {gestion.numero}",
        contexto={
            "numero": gestion.numero,
            "tramite_nombre": gestion.definicion.nombre,
            "datos": _datos(envio, rotulo, comprobante.decidido_en, estado),
            "codigo": comprobante.codigo,
            "url_verificacion": url,
            "codigo_qr": qr(url, f"Código QR para comprobar: {titulo}, Gestión No. {gestion.numero}"),
            **contexto,
        },
    )


def _datos(envio: Any, rotulo: str, cuando: datetime, estado: str) -> Any:
    """The boxes that head each of these papers; `cuando` is aware and printed in Guatemala's time."""
    gestion, momento = envio.gestion, timezone.localtime(cuando)
    return en_filas(
        [
            ("Número de Gestión", str(gestion.numero)),
            (rotulo, f"{momento:%d-%m-%Y} a las {momento:%H:%M:%S}"),
            ("Estado de Solicitud", estado),
            ("Tipo de Solicitud", gestion.definicion.nombre),
            ("Solicitante", _nombre_enviado(envio)),
            ("CUI", reglas_cui.formatear(gestion.titular_cui)),
        ]
    )


def _nombre_enviado(envio: Any) -> str:
    """The name as it was sent: a correction in hand is not ONSEC's yet."""
    return envio.version_formulario.contenido.get("nombre_completo") or envio.gestion.titular_nombre


def _listados(envio: Any, documentos: Iterable[Any]) -> list[dict[str, Any]]:
    gestion, respuestas = envio.gestion, envio.gestion.respuestas_de(envio)
    return [
        {
            "renglon": lugar.etiqueta,
            "nombre": lugar.nombre,
            "archivo": d.nombre,
            "paginas": d.paginas,
            "huella": d.sha256[:12],
        }
        for d in documentos
        for lugar in [gestion.definicion.renglon(d.renglon, respuestas)]
    ]
