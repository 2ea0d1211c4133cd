//! Your data: what this browser keeps; a copy of all of it, bringing one in, and erasing everything.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tierwise_engine::archive::{self, Entry, Found, Kind, Step};
use tierwise_engine::script::Script;

use crate::components::frame::{escaped, heading};
use crate::components::icon;
use crate::components::refused::refuse;
use crate::platform::dom::{El, Event, el, target_of};
use crate::platform::{clock, download, file, offline, page, storage};
use crate::routes::Route;
use crate::state::history::mode_word;
use crate::state::own;

/// What the page shows. It is drawn anew whenever `step` is set.
struct Page {
    step: RwSignal<usize>,
    /// What was done, as HTML; shown once.
    said: RefCell<String>,
    /// What was wrong with a file.
    error: RefCell<String>,
    /// What the file that was picked would do.
    steps: RefCell<Vec<Step>>,
}

const MAIN: usize = 0;
const PREVIEW: usize = 1;
const SURE: usize = 2;

/// The field for the file.
const FIELD: &str = "#import";

#[inline(never)]
pub(crate) fn page() -> Vec<El> {
    let page = Rc::new(Page {
        step: RwSignal::new(MAIN),
        said: RefCell::default(),
        error: RefCell::default(),
        steps: RefCell::default(),
    });
    let (drawn, clicked, changed, dropped) =
        (page.clone(), page.clone(), page.clone(), page.clone());
    let inside = move || match drawn.step.get() {
        PREVIEW => preview(&drawn),
        SURE => sure(),
        _ => view(&drawn),
    };
    let take = |page: &Rc<Page>| {
        let page = page.clone();
        move |name: String, bytes: Vec<u8>| read(&page, &name, bytes)
    };
    vec![
        el("div", "tw-flow tw-narrow")
            .live(inside)
            .on("click", move |event| act(&clicked, &event))
            .on("change", move |event| {
                if target_of(&event).is_some_and(|target| target.get("type") == "file") {
                    file::picked(&event, take(&changed));
                }
            })
            .on("dragover", |event| event.prevent_default())
            .on("drop", move |event| file::dropped(&event, take(&dropped))),
    ]
}

fn button(class: &str, act: &str, text: &str) -> String {
    [
        "<button type=\"button\" class=\"tw-button ",
        class,
        "\" data-act=\"",
        act,
        "\">",
        text,
        "</button>",
    ]
    .concat()
}

fn html(text: &str) -> El {
    el("div", "tw-flow").html(text)
}

fn size(bytes: usize) -> String {
    bytes.div_ceil(1000).to_string() + " kB"
}

/// `3 sittings`, `1 sitting`.
fn counted(count: usize, one: &str, many: &str) -> String {
    let name = if count == 1 { one } else { many };
    [&count.to_string(), " ", name].concat()
}

/// Which line of the table a key is in; the list of results goes with the sittings that ended.
fn line_of(key: &str) -> usize {
    let kinds = ["open.", "done.", "sum.", "aside."];
    match kinds.iter().position(|kind| key.starts_with(kind)) {
        Some(0) => 0,
        Some(1 | 2) => 1,
        Some(_) => 2,
        None => 3,
    }
}

fn view(page: &Page) -> Vec<El> {
    // Before what moves the focus elsewhere.
    let title = heading("Your data");
    let entries = own::entries();
    let mut out = String::new();
    let said = page.said.take();
    if !said.is_empty() {
        out.push_str(
            "<section class=\"tw-notice tw-notice--right tw-flow\" id=\"said\" tabindex=\"-1\">",
        );
        out.push_str(&said);
        out.push_str("</section>");
        page::after_paint(|| page::focus("#said"));
    }
    let error = page.error.take();
    if !error.is_empty() {
        let words = error.clone();
        page::after_paint(move || refuse(super::course::PAGE, FIELD, &words));
    }
    out.push_str("<p class=\"tw-lead\">All of it is in this browser, on this device, and nowhere else. So nobody can send it to you when the device is lost: keep a copy.</p>");
    kept_html(&mut out, &entries);
    out.push_str("<p class=\"tw-hint\" id=\"promise\"></p>");
    spawn_local(tell_promise());
    out.push_str("<h2>Keep a copy</h2><p>One file with everything. Another browser can bring it in, and programs can read it.</p><div class=\"tw-actions\">");
    out.push_str(&button("", "export", "Export everything"));
    out.push_str("</div><h2>Bring a copy in</h2><div class=\"tw-field\"><label class=\"tw-field__label\" for=\"import\">A copy, or the script of one sitting</label>\
<p class=\"tw-hint\" id=\"import-hint\">A file that Tierwise gave you. You are shown first what it would do. You can also drop the file on this page.</p>");
    if !error.is_empty() {
        out.push_str("<p class=\"tw-error\" id=\"import-error\"><span class=\"tw-visually-hidden\">Error: </span>");
        out.push_str(&icon::WARN.before(&escaped(&error)));
        out.push_str("</p>");
    }
    out.push_str("<input class=\"tw-input\" type=\"file\" id=\"import\" accept=\".json,application/json\" aria-describedby=\"import-hint");
    out.push_str(match error.is_empty() {
        true => "\">",
        false => " import-error\" aria-invalid=\"true\">",
    });
    out.push_str("</div>");
    aside_html(&mut out, &entries);
    out.push_str("<h2>Erase everything</h2><p>All sittings, results and settings of this site, and the copy of the site that works without a network. You are asked once more.</p><div class=\"tw-actions\">");
    out.push_str(&button("tw-button--danger", "sure", "Erase everything…"));
    out.push_str("</div>");
    vec![title, html(&out)]
}

/// Says whether the browser may clear the store when the device is short of room.
async fn tell_promise() {
    let words = match storage::is_kept().await {
        Some(true) => {
            "This browser has promised to keep it, even when the device is short of room."
        }
        Some(false) => {
            "This browser may clear it when the device is short of room, or the site was not used for long."
        }
        None => return,
    };
    if let Some(place) = page::on_page("#promise") {
        place.say(words);
    }
}

fn kept_html(out: &mut String, entries: &[Entry]) {
    const LINES: [&str; 4] = [
        "Sittings that are open",
        "Sittings that ended, with their results",
        "Records set aside",
        "Settings",
    ];
    out.push_str("<h2 id=\"kept\">What is kept</h2><table aria-labelledby=\"kept\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">How many</th><th scope=\"col\">Size</th></tr></thead><tbody>");
    // The line, or all of them.
    let mut row = |name: &str, line: Option<usize>| {
        let (mut count, mut bytes) = (0_usize, 0);
        for (key, text) in entries {
            if line.is_some_and(|line| line != line_of(key)) {
                continue;
            }
            count += usize::from(!key.starts_with("sum."));
            bytes += key.len() + text.len();
        }
        for part in [
            "<tr><th scope=\"row\">",
            name,
            "</th><td>",
            &count.to_string(),
            "</td><td class=\"tw-nowrap\">",
            &size(bytes),
            "</td></tr>",
        ] {
            out.push_str(part);
        }
    };
    for (at, name) in LINES.iter().enumerate() {
        row(name, Some(at));
    }
    row("All", None);
    out.push_str("</tbody></table>");
    let mut list = String::new();
    for (key, text) in entries
        .iter()
        .filter(|(key, _)| key.starts_with("open.") || key.starts_with("done."))
    {
        let Ok(script) = Script::read(text) else {
            list.push_str(&["<li>", &escaped(key), " <span>cannot be read</span></li>"].concat());
            continue;
        };
        let (route, state) = if key.starts_with("open.") {
            (Route::Course(script.course.clone()), "open")
        } else {
            (
                Route::Result(script.course.clone(), script.id.clone()),
                "ended",
            )
        };
        let name = [
            script.course_title.as_str(),
            ": ",
            mode_word(&script),
            ", ",
            &clock::day(script.started),
        ]
        .concat();
        for part in [
            "<li><a href=\"",
            &escaped(&route.href()),
            "\">",
            &escaped(&name),
            "</a> <span>",
            state,
            ", ",
            &size(text.len()),
            "</span></li>",
        ] {
            list.push_str(part);
        }
    }
    if !list.is_empty() {
        out.push_str("<details><summary>Each sitting</summary><ul class=\"tw-list\">");
        out.push_str(&list);
        out.push_str("</ul></details>");
    }
}

fn aside_html(out: &mut String, entries: &[Entry]) {
    let aside: Vec<&Entry> = entries
        .iter()
        .filter(|(key, _)| key.starts_with("aside."))
        .collect();
    if aside.is_empty() {
        return;
    }
    out.push_str("<h2>Records set aside</h2><p>Records of sittings that were given up, or that could not be read. Nothing uses them; those who run your course may be able to read one.</p><p class=\"tw-visually-hidden\" role=\"status\" id=\"aside-status\"></p><ul class=\"tw-list\">");
    for (key, text) in aside {
        let from = key.splitn(3, '.').nth(2).unwrap_or(key);
        let course = escaped(from.split_once('.').map_or(from, |(_, course)| course));
        let hidden = ["<span class=\"tw-visually-hidden\"> ", &course, "</span>"].concat();
        for part in [
            "<li><span>",
            &course,
            ", ",
            &size(text.len()),
            "</span> <span class=\"tw-actions\">",
            &button(
                "tw-button--plain",
                &["save ", key].concat(),
                &["Download", &hidden].concat(),
            ),
            &button(
                "tw-button--danger",
                &["drop ", key].concat(),
                &["Erase", &hidden].concat(),
            ),
            "</span></li>",
        ] {
            out.push_str(part);
        }
    }
    out.push_str("</ul>");
}

/// Before everything is erased.
fn sure() -> Vec<El> {
    let count = own::entries()
        .iter()
        .filter(|(key, _)| !key.starts_with("sum."))
        .count();
    let words = match count {
        0 => "Nothing is kept but the copy of the site.".to_owned(),
        count => {
            counted(count, "record", "records")
                + " will be gone from this browser. Nobody can bring them back, unless you have a copy."
        }
    };
    let buttons = button("tw-button--danger", "erase", "Yes, erase everything")
        + &button("tw-button--plain", "back", "No, keep it");
    vec![
        heading("Erase everything?"),
        html(
            &[
                "<p>",
                &words,
                "</p><div class=\"tw-actions\">",
                &buttons,
                "</div>",
            ]
            .concat(),
        ),
    ]
}

/// Does what a button says.
fn act(page: &Rc<Page>, event: &Event) {
    let Some(target) = target_of(event).and_then(|target| target.around("[data-act]")) else {
        return;
    };
    let whole = target.get("data-act");
    let (word, key) = whole.split_once(' ').unwrap_or((&whole, ""));
    match word {
        "export" => {
            let name = [
                "tierwise-",
                &clock::day(clock::now()).replace(' ', "-"),
                ".json",
            ]
            .concat();
            download::offer(
                &name,
                "application/json",
                &archive::write(clock::now(), &own::entries()),
            );
        }
        "save" => {
            let text = storage::get(key).unwrap_or_default();
            download::offer(&["tierwise-", key, ".txt"].concat(), "text/plain", &text);
        }
        "drop" if target.get("data-sure").is_empty() => {
            target.put("data-sure", Some("1"));
            target.say("Yes, erase it for good");
            page::say("#aside-status", "Press again to erase it for good.");
        }
        "drop" => {
            storage::remove(key);
            page.tell("The record is erased", "");
        }
        "sure" => page.step.set(SURE),
        "bring" => bring_in(page),
        "erase" => {
            let page = page.clone();
            own::erase();
            spawn_local(async move {
                offline::forget().await;
                page.tell(
                    "Everything is erased",
                    "<p>No sitting, result or setting of this site is left in this browser, nor the copy of the site. When you next open the site, it keeps a copy of itself again, and nothing of you.</p>",
                );
            });
        }
        _ => page.step.set(MAIN),
    }
}

impl Page {
    /// Shows the page with what was done; `more` is HTML.
    fn tell(&self, title: &str, more: &str) {
        let title = icon::RIGHT.before(title);
        let mut said = ["<h2 class=\"tw-notice__title\">", &title, "</h2>"].concat();
        said.push_str(more);
        *self.said.borrow_mut() = said;
        self.step.set(MAIN);
    }

    /// Shows the page with what is wrong.
    fn refuse(&self, what: String) {
        *self.error.borrow_mut() = what + " Nothing was changed.";
        self.step.set(MAIN);
    }
}

/// Reads a file, and shows what it would do.
#[inline(never)]
fn read(page: &Rc<Page>, name: &str, bytes: Vec<u8>) {
    let text = String::from_utf8(bytes).map_err(|_| archive::Refusal::Foreign);
    match text.and_then(|text| archive::read(text.trim_start_matches('\u{feff}'))) {
        Ok(entries) => {
            *page.steps.borrow_mut() = archive::plan(&entries, &own::entries());
            page.step.set(PREVIEW);
        }
        Err(why) => page.refuse([name, " cannot be brought in: ", &why.to_string(), "."].concat()),
    }
}

/// What taking the steps does, or did, in words: an item each. `taken` says what of those that are asked about is taken.
fn told(steps: &[Step], taken: Option<&dyn Fn(usize) -> bool>) -> String {
    const WORDS: [(Kind, &str, &str); 4] = [
        (Kind::Ended, "sitting that ended", "sittings that ended"),
        (Kind::Open, "open sitting", "open sittings"),
        (Kind::Aside, "record set aside", "records set aside"),
        (Kind::Setting, "setting", "settings"),
    ];
    const WHAT: [(Found, &str); 4] = [
        (Found::New, ": new here, added"),
        (
            Found::More,
            ": goes on from the record that is here, and takes its place",
        ),
        (
            Found::Both,
            ": differs from one of the same name that is here; both are kept",
        ),
        (Found::Here, ": here already, left as it is"),
    ];
    let mut items = String::new();
    let mut item = |count: usize, one: &str, many: &str, what: &str| {
        if count > 0 {
            for part in ["<li>", &counted(count, one, many), what, "</li>"] {
                items.push_str(part);
            }
        }
    };
    for (kind, one, many) in WORDS {
        let of_kind = |found: Found| {
            steps
                .iter()
                .enumerate()
                .filter(move |(_, step)| step.kind == kind && step.found == found)
        };
        for (found, what) in WHAT {
            item(of_kind(found).count(), one, many, what);
        }
        if let Some(taken) = taken {
            let took = of_kind(Found::Asked).filter(|(at, _)| taken(*at)).count();
            item(took, one, many, ": taken from the file, as you chose");
            let left = of_kind(Found::Asked).count() - took;
            item(left, one, many, ": kept as it is here, as you chose");
        }
    }
    ["<ul>", &items, "</ul>"].concat()
}

/// Shows what a file would do, and asks what only the candidate can say.
fn preview(page: &Page) -> Vec<El> {
    let steps = page.steps.borrow();
    let mut out = String::from("<p>Nothing has been changed yet. The file has:</p>");
    out.push_str(&told(&steps, None));
    for (at, step) in steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.found == Found::Asked)
    {
        ask(&mut out, at, step);
    }
    let does = steps
        .iter()
        .any(|step| step.found != Found::Here && step.kind != Kind::Summary);
    if !does {
        out.push_str("<p>All of it is here already.</p>");
    }
    out.push_str("<div class=\"tw-actions\">");
    if does {
        out.push_str(&button("", "bring", "Bring it in"));
    }
    out.push_str(&button(
        "tw-button--plain",
        "back",
        if does { "Cancel" } else { "Back" },
    ));
    out.push_str("</div>");
    vec![heading("What the file would do"), html(&out)]
}

fn ask(out: &mut String, at: usize, step: &Step) {
    let sitting = |script: &Script| {
        let answers = script
            .sitting()
            .map_or(0, |sitting| sitting.len() - sitting.unanswered().count());
        let day = clock::day(script.started);
        [
            mode_word(script),
            ", begun on ",
            &day,
            ", ",
            &counted(answers, "answer", "answers"),
        ]
        .concat()
    };
    let (legend, here, theirs) = match &step.script {
        Some(script) => (
            escaped(&script.course_title)
                + ": a sitting is open here too. Which one do you go on with?",
            step.standing
                .as_ref()
                .map_or("a record that cannot be read".to_owned(), sitting),
            sitting(script) + "; the one that is here is set aside",
        ),
        None => (
            [
                "The setting “",
                &escaped(&step.key),
                "” is another here. Which one do you want?",
            ]
            .concat(),
            storage::get(&step.key).unwrap_or_default(),
            step.changes
                .last()
                .and_then(|change| change.text.clone())
                .unwrap_or_default(),
        ),
    };
    let at = at.to_string();
    out.push_str(
        &[
            "<fieldset class=\"tw-choices\"><legend class=\"tw-legend\">",
            &legend,
            "</legend>",
        ]
        .concat(),
    );
    for (id, checked, label, text) in [
        ("here-", " checked", "The one here: ", here),
        ("file-", "", "The one of the file: ", theirs),
    ] {
        let id = [id, &at].concat();
        for part in [
            "<div class=\"tw-choice\"><input class=\"tw-choice__input\" type=\"radio\" name=\"ask-",
            &at,
            "\" id=\"",
            &id,
            "\"",
            checked,
            "><label class=\"tw-choice__label\" for=\"",
            &id,
            "\">",
            label,
            &escaped(&text),
            "</label></div>",
        ] {
            out.push_str(part);
        }
    }
    out.push_str("</fieldset>");
}

/// Takes the file in as it was shown and chosen.
#[inline(never)]
fn bring_in(page: &Page) {
    let steps = page.steps.borrow();
    let taken = |at: usize| page::is_ticked(&["file-", &at.to_string()].concat());
    let chosen: Vec<bool> = (0..steps.len()).map(taken).collect();
    let wanted: Vec<&Step> = steps
        .iter()
        .zip(&chosen)
        .filter(|(step, taken)| step.found != Found::Asked || **taken)
        .map(|(step, _)| step)
        .collect();
    match own::bring_in(&wanted) {
        Ok(()) => {
            let mut more = told(&steps, Some(&|at| chosen[at]));
            let mut ended = wanted
                .iter()
                .filter(|step| step.kind == Kind::Ended && step.found != Found::Here);
            // One script alone: its result is most likely what is wanted.
            if let (Some(script), None) = (
                ended.next().and_then(|step| step.script.as_ref()),
                ended.next(),
            ) {
                let href = Route::Result(script.course.clone(), script.id.clone()).href();
                more.push_str(
                    &[
                        "<p><a href=\"",
                        &escaped(&href),
                        "\">See its result</a></p>",
                    ]
                    .concat(),
                );
            }
            page.tell("The file was brought in", &more);
        }
        Err(error) => page.refuse([error.message(), "."].concat()),
    }
}
