/**
 * Uploading with visible progress. The server answers the same page or redirect as without script;
 * whatever goes wrong before sending falls back to the browser's own submission.
 */
document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  const progreso = formulario.querySelector("[data-progreso]");
  const elegidos = [...formulario.querySelectorAll("input[type=file]")].some((c) => c.files.length);
  if (evento.defaultPrevented || !progreso || !elegidos) return;
  evento.preventDefault();
  if ("cargando" in formulario.dataset) return;
  formulario.dataset.cargando = "";
  cargar(formulario, progreso, evento.submitter);
});

function cargar(formulario, progreso, boton) {
  const barra = progreso.querySelector("progress");
  const texto = progreso.querySelector("[data-texto]");
  const error = progreso.querySelector("[data-error]");
  const peticion = new XMLHttpRequest();
  let cuarto = 0;

  const avanzar = (parte) => {
    barra.value = parte;
    const ahora = Math.floor(parte / 25) * 25;
    if (ahora <= cuarto) return;
    cuarto = ahora;
    texto.textContent = texto.dataset.avance.replace("{n}", ahora);
  };
  const cortar = () => {
    error.hidden = false;
    barra.hidden = true;
    texto.textContent = "";
    delete formulario.dataset.cargando;
    document.dispatchEvent(new Event("ceo:reintento"));
  };

  error.hidden = true;
  barra.hidden = false;
  progreso.hidden = false;
  barra.value = 0;
  texto.textContent = texto.dataset.avance.replace("{n}", 0);
  peticion.open("POST", formulario.action);
  peticion.upload.addEventListener("progress", (e) => e.lengthComputable && avanzar((e.loaded / e.total) * 100));
  peticion.addEventListener("load", () => mostrar(peticion));
  peticion.addEventListener("error", cortar);
  peticion.addEventListener("timeout", cortar);
  peticion.send(new FormData(formulario, boton));
}

/** Puts the answer in the page's place: the redirect was already followed, so nothing is sent twice. */
function mostrar(peticion) {
  const pagina = new DOMParser().parseFromString(peticion.responseText, "text/html");
  const nuevo = pagina.querySelector("main");
  if (!nuevo) return location.assign(peticion.responseURL);
  history.replaceState(null, "", peticion.responseURL);
  document.title = pagina.title;
  document.querySelector("main").replaceWith(nuevo);
  document.dispatchEvent(new Event("ceo:actividad"));
  const destino = nuevo.querySelector("[data-resumen], .franja[role]") ?? nuevo;
  destino.tabIndex = -1;
  destino.focus();
  scrollTo(0, 0);
}
