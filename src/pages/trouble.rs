//! Pages that say what is in the way and what to do about it.

use std::sync::Arc;

use leptos::prelude::*;
use tierwise_engine::bank::{Diagnostic, Severity, place};

use crate::components::frame::{announce, back, notice};
use crate::components::icon;
use crate::platform::fetch::FetchError;
use crate::platform::{download, page};
use crate::routes::Route;
use crate::state::library::{Fault, Library, Loaded, Trouble};

/// Shows the course once it is there, or says why it cannot be shown.
pub(crate) fn with_course(
    course: String,
    show: impl Fn(Arc<Loaded>) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let library: Library = expect_context();
    let state = library.course(&course);
    (move || match state.get() {
        None => loading(),
        Some(Ok(loaded)) => show(loaded),
        Some(Err(trouble)) => trouble_page(&course, &trouble),
    })
    .into_any()
}

fn loading() -> AnyView {
    page::set_title("Loading the questions");
    view! {
        <div class="tw-flow tw-narrow" aria-busy="true">
            <h1 tabindex="-1">"Loading the questions…"</h1>
            <div class="tw-skeleton" aria-hidden="true"><div></div><div></div><div class="tw-skeleton__option"></div><div class="tw-skeleton__option"></div></div>
        </div>
    }
    .into_any()
}

/// An address that leads nowhere.
pub(crate) fn no_such_page() -> AnyView {
    announce("Page not found");
    view! {
        <div class="tw-flow tw-narrow">
            {back(&Route::Catalogue, "Courses")}
            <h1 tabindex="-1">"Page not found"</h1>
            <p>"This address leads nowhere. Your answers and results are where they were."</p>
        </div>
    }
    .into_any()
}

fn trouble_page(course: &str, trouble: &Trouble) -> AnyView {
    let fault = match trouble {
        Trouble::NoSuchCourse => return no_such_page(),
        Trouble::Page(fault) => fault,
    };
    announce("This course cannot be shown");
    view! {
        <div class="tw-flow tw-narrow">
            {back(&Route::Catalogue, "Courses")}
            <h1 tabindex="-1">"This course cannot be shown"</h1>
            {fault_view(course.to_owned(), fault)}
        </div>
    }
    .into_any()
}

/// What is wrong with a file, what to do, and a button to try again.
pub(crate) fn fault_view(course: String, fault: &Fault) -> AnyView {
    let library: Library = expect_context();
    let again = move |_| library.again(&course);
    let (sentence, list) = match fault {
        Fault::Fetch { path, why } => {
            let why = match why {
                FetchError::Status(404) => "The server has no such file.".to_owned(),
                FetchError::Status(status) => format!("The server answered with status {status}."),
                FetchError::Unreachable => "No answer came. Check the connection.".to_owned(),
            };
            (
                format!(
                    "{path} could not be fetched. {why} Answers and results on this device are safe."
                ),
                None,
            )
        }
        Fault::NotAsListed { path } => (
            format!(
                "{path} is not the file that this site was built with: it broke off on the way, or it was changed since. Try again, or load the page anew. Answers and results on this device are safe."
            ),
            None,
        ),
        Fault::Faulty {
            path,
            source,
            diagnostics,
        } => {
            let errors: Vec<_> = diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity() == Severity::Error)
                .collect();
            let plural = if errors.len() == 1 { "error" } else { "errors" };
            let report: String = errors
                .iter()
                .map(|diagnostic| line(path, source, diagnostic))
                .collect();
            let name = "tierwise-report.txt";
            (
                format!(
                    "{} {plural} in {path} stand in the way. Tell the tutor who keeps it; this is what to send.",
                    errors.len()
                ),
                Some(view! {
                    <ul class="tw-diagnostics">
                        {errors.iter().map(|diagnostic| diagnostic_view(path, source, diagnostic)).collect::<Vec<_>>()}
                    </ul>
                    <button class="tw-button tw-button--plain" type="button" on:click=move |_| download::offer(name, "text/plain", &report)>
                        "Download the report"
                    </button>
                }),
            )
        }
    };
    view! {
        <p>{sentence}</p>
        {list}
        <div class="tw-actions">
            <button class="tw-button" type="button" on:click=again>"Try again"</button>
            <button class="tw-button tw-button--plain" type="button" on:click=move |_| page::reload()>"Load the page anew"</button>
        </div>
    }
    .into_any()
}

fn line(path: &str, source: &str, diagnostic: &Diagnostic) -> String {
    let at = place(source, diagnostic.span.start);
    format!(
        "{path}:{}:{}: {} [{}]\n  remedy: {}\n",
        at.line,
        at.column,
        diagnostic.message,
        diagnostic.code.name(),
        diagnostic.remedy()
    )
}

fn diagnostic_view(path: &str, source: &str, diagnostic: &Diagnostic) -> AnyView {
    let at = place(source, diagnostic.span.start);
    let place = format!("{path}, line {}, column {}", at.line, at.column);
    let excerpt: String = source
        .lines()
        .nth(at.line as usize - 1)
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let message = format!("Error: {}", diagnostic.message);
    let label = format!("The text at {place}");
    view! {
        <li class="tw-diagnostic tw-flow">
            <p class="tw-diagnostic__where">{place}</p>
            <h2 class="tw-diagnostic__title">{message}</h2>
            <pre tabindex="0" role="region" aria-label=label><code>{format!("{} │ {excerpt}", at.line)}</code></pre>
            <p><strong>"Remedy: "</strong>{diagnostic.remedy()}</p>
        </li>
    }
    .into_any()
}

/// Says that a damaged record was set aside.
pub(crate) fn set_aside_notice() -> AnyView {
    notice(
        "tw-notice--warn",
        "We set aside a damaged record",
        view! { <p>"The record of an open sitting could not be read. It was not thrown away: it is kept in this browser's store under another name, and About can give it to you as a file."</p> }
            .into_any(),
    )
}

/// A warning line with its mark.
pub(crate) fn warning(text: String) -> AnyView {
    view! { <p class="tw-error">{icon::WARN.view()}" "{text}</p> }.into_any()
}
