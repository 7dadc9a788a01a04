"""static/js/queue.js on the real store (IndexedDB), with a server, a clock and a chance of our own."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

Run = Callable[[str], Any]

# `door.answers` are given one after the other, then the last for ever; an answer may be made from the row it is for.
SETUP = """
const store = await import("/store.js");
const { Queue, meaning, LEASE, LONGEST_WAIT } = await import("/queue.js");
const me = `person-${crypto.randomUUID()}`;
const time = { now: Date.UTC(2026, 10, 23) };
const person = (key = me) => ({ status: 200, token: "t", user: { key } });
const ok = (row) => ({ status: 201, json: { id: row.id, digest: row.digest } });
const refuse = (status, errors = {}) => () => ({ status, json: { errors } });
const page = (status) => () => ({ status, json: null });
const door = {
  sent: [], sessions: [person()], answers: [ok],
  next: (list) => (list.length > 1 ? list.shift() : list[0]),
  session: async () => door.next(door.sessions),
  put: async (row, token) => { door.sent.push(row.id); return door.next(door.answers)(row, token); },
  patch: async (row) => { door.sent.push(`patch ${row.id}`); return door.next(door.answers)(row); },
};
const hash = (bytes) => crypto.subtle.digest("SHA-256", bytes);
const digest = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await hash(bytes))));
const rules = { store, door, digest, alone: (run) => run(), clock: () => time.now, random: () => 1 };
const make = (more = {}) => new Queue({ ...rules, ...more });
const queue = make();
let number = 0;
const save = async (words = `Parole ${number}`, user = me) => {
  time.now += 1;
  const row = { id: `${me}-${number++}`, user, fields: [["words", words]], labels: {} };
  return queue.save({ ...row, payload: { words } });
};
const states = async () => {
  const { oldest: _, ...tally } = await store.tally(me);
  return Object.entries(tally).filter(([, n]) => n).map(([name, n]) => `${name} ${n}`);
};
"""


@pytest.fixture
def run(page: Page) -> Run:
    """Run a scenario after SETUP; what it returns."""
    return lambda scenario: page.evaluate("async () => {" + SETUP + scenario + "}")


def test_what_is_acknowledged_is_removed_in_the_order_it_was_saved(run: Run):
    result = run("""
        const rows = [await save(), await save(), await save()];
        const end = await queue.send(me);
        return [end, await states(), door.sent.join() === rows.map((row) => row.id).join()];
    """)
    assert result == ["done", [], True]


@pytest.mark.parametrize(
    ("answer", "means"),
    [
        ("ok(row)", "stored"),
        ("({ ...ok(row), status: 200 })", "stored"),
        ("({ status: 201, json: { id: 'other', digest: row.digest } })", "retry"),
        ("({ status: 201, json: { id: row.id, digest: 'other' } })", "retry"),
        ("page(200)()", "retry"),
        ("refuse(410)()", "gone"),
        ("page(410)()", "retry"),
        ("refuse(409)()", "look"),
        ("refuse(422)()", "look"),
        ("page(422)()", "retry"),
        ("refuse(401)()", "sign-in"),
        ("refuse(403)()", "sign-in"),
        ("page(403)()", "token"),
        ("page(404)()", "retry"),
        ("refuse(400)()", "retry"),
        ("page(500)()", "retry"),
        ("page(502)()", "retry"),
        ("refuse(503)()", "wait"),
        ("page(429)()", "wait"),
        ("page(0)()", "wait"),
    ],
)
def test_what_each_answer_means(run: Run, answer: str, means: str):
    assert run(f"const row = {{ id: 'a', digest: 'd' }}; return meaning(row, {answer});") == means


def test_bytes_are_written_once_and_are_the_same_at_each_try(run: Run):
    bodies = run("""
        await save("Été 🌞 « oui »");
        const bodies = [];
        door.answers = [(row) => { bodies.push([...row.body].join()); return { status: 500, json: null }; }];
        for (const _ of [1, 2, 3]) { await queue.send(me, { now: true }); }
        return bodies;
    """)
    assert len(bodies) == 3 and len(set(bodies)) == 1


def test_a_refused_one_never_holds_back_the_next(run: Run):
    result = run("""
        const rows = [await save(), await save(), await save()];
        door.answers = [page(500), refuse(422, { words: ["Trop long."] }), ok];
        const end = await queue.send(me);
        const looked = await store.get(rows[1].id);
        return [end, await states(), looked.problem, (await store.get(rows[0].id)).tries];
    """)
    assert result == [
        "done",
        ["queued 1", "attention 1"],
        {"status": 422, "errors": {"words": ["Trop long."]}},
        1,
    ]


def test_a_server_that_fails_every_time_is_left_alone_for_a_while(run: Run):
    result = run("""
        for (let i = 0; i < 20; i += 1) await save();
        door.answers = [page(500)];
        const end = await queue.send(me);
        return [end, door.sent.length, await queue.send(me), door.sent.length, await states()];
    """)
    assert result == ["wait", 3, "wait", 3, ["queued 20"]]


def test_without_an_answer_each_wait_is_longer_and_never_over_five_minutes(run: Run):
    waits = run("""
        await save();
        door.sessions = [{ status: 0 }];
        const waits = [];
        for (let i = 0; i < 12; i += 1) {
          await queue.send(me);
          waits.push(await queue.delay(me));
          time.now += waits.at(-1);
        }
        return waits;
    """)
    assert waits[:4] == [2000, 4000, 8000, 16000]
    assert max(waits) == waits[-1] == 300_000


def test_two_phones_do_not_come_back_at_the_same_moment(run: Run):
    waits = run("""
        const waits = [];
        for (const chance of [0, 0.5, 1]) {
          const mine = make({ random: () => chance });
          await save();
          door.sessions = [{ status: 0 }];
          await mine.send(me);
          waits.push(await mine.delay(me));
        }
        return waits;
    """)
    assert waits == [1000, 1500, 2000]


def test_the_server_s_own_delay_is_kept_to(run: Run):
    result = run("""
        await save(); await save();
        door.answers = [() => ({ status: 503, json: null, retryAfter: 30 }), ok];
        const end = await queue.send(me);
        const delay = await queue.delay(me);
        time.now += delay;
        return [end, delay, await queue.send(me), await states()];
    """)
    assert result == ["wait", 30_000, "done", []]


def test_send_now_does_not_wait(run: Run):
    result = run("""
        await save();
        door.answers = [page(500), ok];
        await queue.send(me);
        const early = await queue.send(me);
        return [early, await states(), await queue.send(me, { now: true }), await states()];
    """)
    assert result == ["done", ["queued 1"], "done", []]


def test_a_session_that_ended_keeps_everything(run: Run):
    result = run("""
        await save(); await save();
        door.sessions = [{ status: 401 }];
        const before = [await queue.send(me), door.sent.length];
        door.sessions = [person()];
        door.answers = [ok, refuse(401)];
        return [before, await queue.send(me), await states()];
    """)
    assert result == [["sign-in", 0], "sign-in", ["queued 1"]]


def test_somebody_else_s_session_sends_nothing_of_mine(run: Run):
    result = run("""
        await save(); await save("Pour moi", "other");
        door.sessions = [person("other")];
        return [await queue.send(me), [...door.sent], await queue.send("other"), door.sent.length];
    """)
    assert result == ["sign-in", [], "done", 1]


def test_a_stale_token_is_asked_again_once(run: Run):
    result = run("""
        await save();
        door.sessions = [person(), { ...person(), token: "new" }];
        door.answers = [page(403), (row, token) => (token === "new" ? ok(row) : page(403)())];
        const first = await queue.send(me);
        await save();
        door.sessions = [person()];
        door.answers = [page(403)];
        return [first, await queue.send(me), door.sent.length, await states()];
    """)
    assert result == ["done", "sign-in", 4, ["queued 1"]]


def test_what_was_erased_on_purpose_leaves_no_word(run: Run):
    result = run("""
        const row = await save("Mot effacé");
        door.answers = [refuse(410)];
        await queue.send(me);
        return [await states(), JSON.stringify(await store.get(row.id)).includes("effacé")];
    """)
    assert result == [["gone 1"], False]


def test_the_tab_killed_in_mid_upload_is_tried_again_after_its_lease(run: Run):
    result = run("""
        await save();
        await store.claim(me, time.now, time.now + LEASE);
        const during = [await queue.send(me), door.sent.length];
        time.now += LEASE;
        return [during, await queue.send(me), door.sent.length, await states()];
    """)
    assert result == [["done", 0], "done", 1, []]


def test_with_web_locks_a_standing_lease_is_a_dead_page_s(run: Run):
    result = run("""
        await save();
        await store.claim(me, time.now, time.now + LEASE);
        return [await make({ locks: true }).send(me), door.sent.length];
    """)
    assert result == ["done", 1]


def test_a_clock_that_went_back_ten_years_holds_nothing(run: Run):
    result = run("""
        await save();
        door.sessions = [{ status: 0 }, person()];
        const before = await queue.send(me);
        time.now -= 10 * 365 * 24 * 3_600_000;
        return [before, await queue.send(me), await states()];
    """)
    assert result == ["wait", "done", []]


def test_one_sender_at_a_time(run: Run):
    result = run("""
        await save();
        return [await make({ alone: async () => null }).send(me), door.sent.length];
    """)
    assert result == ["busy", 0]


def test_an_observation_leaving_now_is_not_given_back_to_its_form(run: Run):
    result = run("""
        const row = await save();
        await store.claim(me, time.now, time.now + LEASE);
        const leaving = await queue.take(row.id);
        time.now += LEASE;
        const back = await queue.take(row.id);
        return [leaving, back.state, "body" in back, await queue.send(me), await queue.take("never seen")];
    """)
    assert result == [None, "draft", False, "done", None]


def test_words_changed_while_they_left_are_not_removed_by_the_old_answer(run: Run):
    result = run("""
        const row = await save("Avant");
        door.answers = [async (sent) => {
          await store.put({ id: row.id, user: me, saved_at: 1, fields: [["words", "Après"]], state: "draft" });
          return ok(sent);
        }];
        await queue.send(me);
        return (await store.get(row.id)).fields;
    """)
    assert result == [["words", "Après"]]


def test_after_a_conflict_the_words_become_a_correction_or_a_new_observation(run: Run):
    result = run("""
        const [first, second, third] = [await save(), await save(), await save()];
        door.answers = [refuse(409)];
        await queue.send(me);
        const conflicts = await states();
        door.answers = [ok, refuse(409), ok];
        const corrected = [await queue.correct(first.id), await queue.correct(second.id)];
        await queue.renew(second.id, `${me}-fresh`);
        const end = await queue.send(me);
        const last = door.sent.at(-1) === `${me}-fresh`;
        return [conflicts, corrected, end, await states(), last, await store.get(second.id)];
    """)
    assert result == [["attention 3"], ["stored", "look"], "done", ["attention 1"], True, None]


def test_a_phone_that_keeps_nothing_sends_from_memory(run: Run):
    result = run("""
        const row = await queue.row({ id: "a", user: me, fields: [], payload: {} });
        const stored = await queue.sendUnkept(row);
        door.sessions = [{ status: 0 }];
        return [stored.means, (await queue.sendUnkept(row)).means, await states()];
    """)
    assert result == ["stored", "wait", []]


def test_a_thousand_leave_one_after_the_other(run: Run):
    result = run("""
        for (let i = 0; i < 1000; i += 1) await save();
        door.answers = [(row) => (row.id.endsWith("-500") ? page(500)() : ok(row))];
        const end = await queue.send(me);
        return [end, await states(), new Set(door.sent).size];
    """)
    assert result == ["done", ["queued 1"], 1000]


def test_the_tally_says_since_when_the_oldest_waits(run: Run):
    result = run("""
        const first = await save(); await save();
        await store.claim(me, time.now, time.now + LEASE);
        const tally = await store.tally(me);
        return [tally.queued, tally.sending, tally.oldest === first.saved_at, (await store.tally("nobody")).oldest];
    """)
    assert result == [1, 1, True, None]


def test_what_is_kept_outlives_the_page(run: Run, page: Page):
    run("await save('Gardée'); window.name = me;")
    page.reload()
    words = page.evaluate("""async () => {
        const rows = await (await import("/store.js")).list(window.name, "queued");
        return rows[0].fields[0][1];
    }""")
    assert words == "Gardée"
