//! Trying a bank out, for tutors: what is wrong with it, then its questions as a candidate meets them. Nothing is uploaded, and nothing is kept.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use tierwise_engine::bank::{self, Bank, Html, Question};
use tierwise_engine::paper::{Order, Selection, practice};
use tierwise_engine::question::Response;

use super::sitting::{CONTROL, NOT_ANSWERED, QUESTION, asked, told, vignette};
use super::trouble::Listed;
use crate::components::frame::{back, button, column, escaped, heading, p};
use crate::components::icon;
use crate::components::marked::rubric::rubric_html;
use crate::components::question::{self, Slot};
use crate::components::refused::refuse;
use crate::platform::dom::{El, el};
use crate::platform::fetch::{self, Copy, FetchError};
use crate::platform::{clock, file, page};
use crate::routes::Route;

/// How often a bank that this machine serves is looked at for changes.
const OFTEN: Duration = Duration::from_secs(1);

thread_local! {
    /// The file that was picked or dropped, by its name.
    static PICKED: RefCell<Option<(String, Vec<u8>)>> = const { RefCell::new(None) };
}

/// A field to pick a bank with, for the catalogue, on which one may also be dropped.
pub(crate) fn picker() -> El {
    let take = |name: String, bytes: Vec<u8>| {
        PICKED.set(Some((name, bytes)));
        page::go(&Route::Try(None).href(), false);
    };
    let field = el("input", "tw-input")
        .attr("id", "try-file")
        .attr("type", "file")
        .attr("accept", ".md,.markdown,text/markdown")
        .attr("aria-describedby", "try-hint")
        .on("change", move |event| file::picked(&event, take));
    let label = el("label", "tw-field__label")
        .attr("for", "try-file")
        .text("A bank from your own disk");
    let hint = p("Its faults, then its questions as a candidate meets them. You can also drop the file here. It stays on this device.")
        .attr("class", "tw-hint")
        .attr("id", "try-hint");
    el("details", "tw-section")
        .child(el("summary", "").text("For tutors: try a bank"))
        .child(el("div", "tw-field").child(label).child(hint).child(field))
        .on("dragover", |event| event.prevent_default())
        .on("drop", move |event| file::dropped(&event, take))
}

/// What is known of the bank.
#[derive(Default)]
struct Tried {
    bytes: Vec<u8>,
    banks: Vec<Bank>,
    /// The letters of each question's options as they are shown.
    orders: Vec<String>,
    why: Option<FetchError>,
}

impl Tried {
    fn read(path: &str, bytes: Vec<u8>) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let banks = vec![bank::read(name, bytes.clone())];
        let all = Selection {
            topics: &[],
            number: banks[0].len(),
            order: Order::Any,
        };
        let paper = practice(&banks, &all, clock::random_seed());
        let order = |question: Question<'_>| {
            let mut items = paper.items.iter();
            let item = items.find(|item| item.question == question.id());
            item.map(|item| item.order.clone()).unwrap_or_default()
        };
        let orders = banks[0].questions().map(order).collect();
        Self {
            bytes,
            banks,
            orders,
            why: None,
        }
    }
}

/// The page. Without a path it is about the file that was picked.
#[inline(never)]
pub(crate) fn page(path: Option<String>) -> Vec<El> {
    let tried = Rc::new(RefCell::new(Tried::default()));
    // Counts what has been read; 0 while nothing has.
    let changes = RwSignal::new(0);
    let at = RwSignal::new(0);
    let shown_path = match &path {
        Some(path) => {
            follow(path.clone(), tried.clone(), changes);
            path.clone()
        }
        None => PICKED.with_borrow(|picked| match picked {
            Some((name, bytes)) => {
                *tried.borrow_mut() = Tried::read(name, bytes.clone());
                changes.set(1);
                name.clone()
            }
            None => String::new(),
        }),
    };
    let base = path
        .as_deref()
        .and_then(|path| path.rsplit_once('/'))
        .map(|(folder, _)| [folder, "/"].concat())
        .unwrap_or_default();
    let title = heading("Try a bank");
    let inside = move || match (changes.get(), shown_path.is_empty()) {
        (_, true) => vec![p(
            "No bank has been picked. Choose one on the page of courses, under “For tutors”.",
        )],
        (0, _) => vec![p("Reading the bank…")],
        _ => view(&tried, &shown_path, &base, at),
    };
    vec![column(vec![
        back(&Route::Catalogue, "Courses"),
        title,
        el("div", "tw-flow").live(inside),
    ])]
}

/// Fetches the bank; where this machine serves it, again and again, so that what the tutor saves is shown.
#[inline(never)]
fn follow(path: String, tried: Rc<RefCell<Tried>>, changes: RwSignal<usize>) {
    let busy = Rc::new(Cell::new(false));
    let look = move || {
        if busy.replace(true) {
            return;
        }
        let (path, tried, busy) = (path.clone(), tried.clone(), busy.clone());
        spawn_local(async move {
            let got = fetch::start(&path, Copy::Checked).bytes().await;
            busy.set(false);
            let is_first = changes.try_get_untracked() == Some(0);
            match got {
                Ok(bytes) if is_first || tried.borrow().bytes != bytes => {
                    *tried.borrow_mut() = Tried::read(&path, bytes);
                }
                Err(why) if is_first => tried.borrow_mut().why = Some(why),
                // As it was, or away for a moment while an editor writes it.
                _ => return,
            }
            let _ = changes.try_update(|changes| *changes += 1);
        });
    };
    look();
    if file::is_served_here()
        && let Ok(handle) = set_interval_with_handle(look, OFTEN)
    {
        on_cleanup(move || handle.clear());
    }
}

#[inline(never)]
fn view(tried: &Rc<RefCell<Tried>>, path: &str, base: &str, at: RwSignal<usize>) -> Vec<El> {
    let held = tried.borrow();
    let Some(bank) = held.banks.first() else {
        let why = match held.why {
            Some(FetchError::Status(status)) => {
                format!("The server answered with status {status}.")
            }
            _ => "No answer came.".to_owned(),
        };
        return vec![p(&format!("{path} could not be fetched. {why}"))];
    };
    let mut parts = vec![
        el("p", "tw-lead").text(bank.title()),
        p(&match bank.len() {
            1 => format!("{path}: 1 question can be asked."),
            count => format!("{path}: {count} questions can be asked."),
        }),
    ];
    parts.extend(diagnostics(bank, path));
    if !bank.is_empty() {
        at.set(at.get_untracked().min(bank.len() - 1));
        let (tried, base) = (tried.clone(), base.to_owned());
        let ask = move || one(&tried, &base, at).unwrap_or_default();
        parts.push(el("div", "tw-section").live(ask));
    }
    parts
}

/// What is wrong with the bank. Advice on writing is left to the command, whose texts would weigh on every candidate's page.
fn diagnostics(bank: &Bank, path: &str) -> Vec<El> {
    let mut listed = Listed::default();
    for diagnostic in bank.diagnostics() {
        if let Some((code, remedy)) = diagnostic.code.error() {
            listed.add(path, bank.source(), diagnostic, ("Error", code, remedy));
        }
    }
    let advice = "tierwise check gives advice on the writing, too.";
    if listed.count == 0 {
        return vec![p(&["No errors: it can be used. ", advice].concat()).attr("class", "tw-hint")];
    }
    let words = format!("Errors: {}. {advice}", listed.count);
    vec![p(&words), listed.drawn()]
}

/// The question at `at`, to be answered and told about.
fn one(tried: &Rc<RefCell<Tried>>, base: &str, at: RwSignal<usize>) -> Option<Vec<El>> {
    let held = tried.borrow();
    let n = at.get();
    let question = held.banks.first()?.question(n)?;
    let count = held.banks.first()?.len();
    let html = Html { base };
    let response = Rc::new(RefCell::new(None::<Response>));
    let (error, is_told) = (RwSignal::new(String::new()), RwSignal::new(0));
    let body = {
        let (tried, base, response) = (tried.clone(), base.to_owned(), response.clone());
        move || {
            let is_told = is_told.get() == 1;
            let held = tried.borrow();
            let question = held.banks.first().and_then(|bank| bank.question(n));
            question.map_or_else(Vec::new, |question| {
                let order = held.orders.get(n).cloned().unwrap_or_default();
                let html = Html { base: &base };
                if is_told {
                    let given = response.borrow();
                    let mut parts = told(question, &html, &order, given.as_ref(), None);
                    let rubric = rubric_html(question, &html, false, None, "q");
                    parts.push(el("div", "").html(&rubric));
                    return parts;
                }
                let (tried, given) = (tried.clone(), response.clone());
                let take = move |answer: Option<Response>, _| {
                    let held = tried.borrow();
                    let question = held.banks.first().and_then(|bank| bank.question(n));
                    let refusal = answer
                        .as_ref()
                        .and_then(|answer| question?.check(answer).err());
                    *given.borrow_mut() = answer.filter(|_| refusal.is_none());
                    refusal.map(|why| why.to_string()).unwrap_or_default()
                };
                let slot = Slot {
                    order,
                    response: response.borrow().clone(),
                    on_answer: Rc::new(take),
                    error,
                };
                vec![question::form(question, &html, slot)]
            })
        }
    };
    let step = move |to: usize, name: &str| {
        (to < count).then(|| {
            button("tw-button--plain", name).on("click", move |_| {
                at.set(to);
                page::focus_soon("#q-title");
            })
        })
    };
    let check = el("button", "tw-button")
        .attr("type", "submit")
        .keep_prop("hidden", move || is_told.get() == 1)
        .text("Check my answer");
    let head = [
        &vignette(question, &html),
        "<h2 class=\"tw-question__number\" id=\"q-title\" tabindex=\"-1\">Question ",
        &(n + 1).to_string(),
        " of ",
        &count.to_string(),
        // For the tutor, and in no sitting.
        "</h2><p class=\"tw-hint\">",
        &escaped(question.id()),
        " · ",
        &escaped(question.title()),
        " · ",
        question.type_name(),
        "</p>",
        &asked(question, &html),
    ]
    .concat();
    let moves = el("div", "tw-question__moves")
        .maybe(step(n.wrapping_sub(1), &icon::BACK.before("Previous")))
        .child(check)
        .maybe(step(n + 1, "Next question"));
    let form = el("form", "tw-question tw-flow")
        .flag("novalidate", true)
        .html(&head)
        .child(el("div", "tw-flow").live(body))
        .child(moves)
        .on("submit", move |event| {
            event.prevent_default();
            let wrong = error.get_untracked();
            if !wrong.is_empty() {
                refuse(QUESTION, CONTROL, &wrong);
            } else if response.borrow().is_none() {
                error.set(NOT_ANSWERED.to_owned());
                refuse(QUESTION, CONTROL, NOT_ANSWERED);
            } else {
                is_told.set(1);
                page::focus_soon("#feedback");
            }
        });
    Some(vec![form])
}
