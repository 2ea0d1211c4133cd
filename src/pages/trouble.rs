//! Pages that say what is in the way and what to do about it.

use std::sync::Arc;

use tierwise_engine::bank::{Diagnostic, place};

use crate::app::framed;
use crate::components::frame::{actions, back, button, column, escaped, heading, notice, p};
use crate::platform::dom::{El, el};
use crate::platform::fetch::FetchError;
use crate::platform::{download, page};
use crate::routes::Route;
use crate::state::library::{Fault, Loaded, State, Trouble};
use crate::state::state;

/// The course once it is there; until then, and when it cannot be shown, what to show instead.
pub(crate) fn loaded_or(course: &str, state: State) -> Result<Arc<Loaded>, Vec<El>> {
    match state {
        None => Err(loading()),
        Some(Ok(loaded)) => Ok(loaded),
        Some(Err(trouble)) => Err(trouble_page(course, &trouble)),
    }
}

/// Shows the course once it is there, or says why it cannot be shown.
pub(crate) fn with_course(
    course: String,
    show: impl Fn(Arc<Loaded>) -> Vec<El> + 'static,
) -> Vec<El> {
    let inside = move || match loaded_or(&course, state().library.course(&course)) {
        Ok(loaded) => show(loaded),
        Err(instead) => instead,
    };
    vec![el("div", "").live(inside)]
}

fn loading() -> Vec<El> {
    page::set_title("Loading the questions");
    let skeleton = "<div></div><div></div><div class=\"tw-skeleton__option\"></div><div class=\"tw-skeleton__option\"></div>";
    vec![
        column(vec![
            el("h1", "")
                .attr("tabindex", "-1")
                .text("Loading the questions…"),
            el("div", "tw-skeleton")
                .attr("aria-hidden", "true")
                .html(skeleton),
        ])
        .attr("aria-busy", "true"),
    ]
}

/// An address that leads nowhere.
pub(crate) fn no_such_page() -> Vec<El> {
    vec![column(vec![
        back(&Route::Catalogue, "Courses"),
        heading("Page not found"),
        p("This address leads nowhere. Your answers and results are where they were."),
    ])]
}

/// As [`with_course`], for pages that have a frame of their own: what is shown instead gets the ordinary one.
pub(crate) fn with_course_framed(
    course: String,
    show: impl Fn(Arc<Loaded>) -> Vec<El> + 'static,
) -> Vec<El> {
    let inside = move || match loaded_or(&course, state().library.course(&course)) {
        Ok(loaded) => show(loaded),
        Err(instead) => framed(&Route::Course(course.clone()), instead),
    };
    vec![el("div", "tw-page").live(inside)]
}

#[inline(never)]
fn trouble_page(course: &str, trouble: &Trouble) -> Vec<El> {
    let fault = match trouble {
        Trouble::NoSuchCourse => return no_such_page(),
        Trouble::Page(fault) => fault,
    };
    let mut parts = vec![
        back(&Route::Catalogue, "Courses"),
        heading("This course cannot be shown"),
    ];
    parts.extend(fault_view(course.to_owned(), fault));
    vec![column(parts)]
}

/// What is wrong with a file, what to do, and a button to try again.
#[inline(never)]
pub(crate) fn fault_view(course: String, fault: &Fault) -> Vec<El> {
    const SAFE: &str = "Answers and results on this device are safe.";
    let mut parts = match fault {
        Fault::Fetch { path, why } => {
            let why = match why {
                FetchError::Status(404) => "The server has no such file.".to_owned(),
                FetchError::Status(status) => format!("The server answered with status {status}."),
                FetchError::Unreachable => "No answer came. Check the connection.".to_owned(),
            };
            vec![p(&format!("{path} could not be fetched. {why} {SAFE}"))]
        }
        Fault::NotAsListed { path } => vec![p(&format!(
            "{path} is not the file that this site was built with: it broke off on the way, or it was changed since. Try again, or load the page anew. {SAFE}"
        ))],
        Fault::Faulty {
            path,
            source,
            diagnostics,
        } => faulty(path, source, diagnostics),
    };
    parts.push(actions(vec![
        button("", "Try again").on("click", move |_| state().library.again(&course)),
        button("tw-button--plain", "Load the page anew").on("click", |_| page::reload()),
    ]));
    parts
}

fn faulty(path: &str, source: &str, diagnostics: &[Diagnostic]) -> Vec<El> {
    let mut listed = Listed::default();
    for diagnostic in diagnostics {
        if let Some((code, remedy)) = diagnostic.code.error() {
            listed.add(path, source, diagnostic, ("Error", code, remedy));
        }
    }
    let plural = if listed.count == 1 {
        "error stands"
    } else {
        "errors stand"
    };
    let sentence = format!(
        "{} {plural} in the way in {path}. Tell the tutor who keeps it; this is what to send.",
        listed.count
    );
    let report = listed.report.clone();
    let save = move |_| download::offer("tierwise-report.txt", "text/plain", &report);
    vec![
        p(&sentence),
        listed.drawn(),
        button("tw-button--plain", "Download the report").on("click", save),
    ]
}

/// Diagnostics on their way to a page.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) count: usize,
    html: String,
    /// The same as plain text, to be sent to somebody.
    report: String,
}

impl Listed {
    /// Adds one: its severity, name and remedy are `told`.
    pub(super) fn add(
        &mut self,
        path: &str,
        source: &str,
        diagnostic: &Diagnostic,
        told: (&str, &str, &str),
    ) {
        let (severity, code, remedy) = told;
        self.count += 1;
        let at = place(source, diagnostic.span.start);
        let line = source.lines().nth(at.line as usize - 1).unwrap_or_default();
        let excerpt: String = line.chars().take(200).collect();
        let where_ = escaped(&format!("{path}, line {}, column {}", at.line, at.column));
        let message = &diagnostic.message;
        self.report.push_str(&format!(
            "{path}:{}:{}: {message} [{code}]\n  remedy: {remedy}\n",
            at.line, at.column
        ));
        self.html.push_str(&format!(
            "<li class=\"tw-diagnostic tw-flow\"><p class=\"tw-diagnostic__where\">{where_}</p><h2 class=\"tw-diagnostic__title\">{severity}: {}</h2>\
<pre tabindex=\"0\" role=\"region\" aria-label=\"The text at {where_}\"><code>{} │ {}</code></pre><p><strong>Remedy:</strong> {}</p></li>",
            escaped(message),
            at.line,
            escaped(&excerpt),
            escaped(remedy)
        ));
    }

    pub(super) fn drawn(&self) -> El {
        let html = ["<ul class=\"tw-diagnostics\">", &self.html, "</ul>"].concat();
        el("div", "").html(&html)
    }
}

/// Says that a damaged record was set aside.
pub(crate) fn set_aside_notice() -> El {
    notice(
        true,
        "We set aside a damaged record",
        vec![p(
            "The record of an open sitting could not be read. It was not thrown away: it is kept in this browser's store under another name, and the page Your data can give it to you as a file.",
        )],
    )
}
