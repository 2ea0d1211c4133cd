//! Header and footer of the ordinary pages, and the pieces that pages share.

use leptos::prelude::*;

use super::icon::{self, tiers};
use crate::platform::page;
use crate::routes::Route;
use crate::state::settings::Theme;

/// The header, with the main navigation.
pub(crate) fn header(route: &Route) -> AnyView {
    let current = |here: bool| here.then_some("page");
    let about = current(*route == Route::About);
    let courses = current(matches!(route, Route::Catalogue) || route.course().is_some());
    view! {
        <header class="tw-header">
            <div class="tw-width tw-header__row">
                <a class="tw-brand" href=Route::Catalogue.href()>{tiers("tw-logo")}"Tierwise"</a>
                <nav class="tw-header__nav" aria-label="Main">
                    <ul class="tw-header__list">
                        <li><a class="tw-header__link" href=Route::Catalogue.href() aria-current=courses>"Courses"</a></li>
                        <li><a class="tw-header__link" href=Route::About.href() aria-current=about>"About"</a></li>
                    </ul>
                </nav>
            </div>
        </header>
    }
    .into_any()
}

/// The footer, with the choice of theme.
pub(crate) fn footer() -> AnyView {
    let theme: Theme = expect_context();
    let choices = [("", "As the device"), ("light", "Light"), ("dark", "Dark")];
    view! {
        <footer class="tw-footer">
            <div class="tw-width tw-footer__row">
                <p>"Nothing leaves this device: answers and results are kept in this browser only."</p>
                <fieldset class="tw-theme">
                    <legend class="tw-theme__legend">"Theme"</legend>
                    {choices
                        .map(|(value, name)| {
                            view! {
                                <label class="tw-theme__choice">
                                    <input
                                        class="tw-theme__input"
                                        type="radio"
                                        name="theme"
                                        value=value
                                        prop:checked=move || theme.get() == value
                                        on:change=move |_| theme.set(value)
                                    />
                                    " "
                                    {name}
                                </label>
                            }
                        })
                        .to_vec()}
                </fieldset>
            </div>
        </footer>
    }
    .into_any()
}

/// A link to the page above this one.
pub(crate) fn back(route: &Route, name: &str) -> AnyView {
    view! { <a class="tw-back" href=route.href()>{icon::BACK.view()}{name.to_owned()}</a> }
        .into_any()
}

/// Sets the page's title and moves the focus to its `h1`, as a browser does with a new page.
pub(crate) fn announce(title: &str) {
    page::set_title(title);
    page::to_top();
    page::focus_soon("h1");
}

/// A box that says something of note.
pub(crate) fn notice(kind: &'static str, title: &str, body: AnyView) -> AnyView {
    let mark = if kind == "tw-notice--warn" {
        icon::WARN.view()
    } else {
        ().into_any()
    };
    view! {
        <section class=format!("tw-notice tw-flow {kind}")>
            <h2 class="tw-notice__title">{mark}{title.to_owned()}</h2>
            {body}
        </section>
    }
    .into_any()
}
