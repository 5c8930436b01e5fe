// What scrolls can be reached by the keyboard, and what opens a part of the list of pages says of which.
const ready = () => {
  for (const wide of document.querySelectorAll(".bd-article table, .bd-article div.math")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
  for (const opener of document.querySelectorAll(".bd-sidebar summary")) {
    const page = opener.closest("li").querySelector("a");
    opener.setAttribute("aria-label", `Pages of ${page ? page.textContent.trim() : "this part"}`);
  }
};
window.addEventListener("load", ready);
window.addEventListener("resize", ready);
