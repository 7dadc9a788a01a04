// The server says that it holds this observation: the draft of its correction may go.

import { change } from "./store.js";

change(document.getElementById("saved").dataset.id, (row) => (row.state === "draft" ? null : undefined)).catch(() => {});
