"""What to do with an article that is nearly word for word what is here already, or was: a part of `decide`."""

from __future__ import annotations

from dataclasses import replace

from wirepress.model.wire import (
    Arrival,
    Create,
    Dispatch,
    Duplicates,
    Intent,
    Like,
    Origin,
    OriginState,
    Remember,
    Skip,
    SkipReason,
    Source,
)


def alike(source: Source, origin: Origin, dispatch: Dispatch, like: Like) -> tuple[Intent, ...]:
    """What is to be done about it, by the source's policy.  What is gone here comes back under none."""
    policy = Duplicates.LINK if like.by_hand else source.rules.duplicates
    if policy is not Duplicates.LINK and not like.gone:
        is_held = policy is Duplicates.HOLD and dispatch.status is Arrival.PUBLISH
        arrival = Arrival.PENDING if is_held else dispatch.status
        return (Create(origin, replace(dispatch, status=arrival), like),)
    skipped = replace(origin, state=OriginState.SKIPPED, content_hash="")
    if policy is Duplicates.LINK and like.post:
        return (Remember(skipped, like), Skip(SkipReason.NEAR_DUPLICATE, f"like post {like.post}"))
    # With the digest of its text: where that was taken down, it is let in again by the lift.
    gone = replace(origin, state=OriginState.SKIPPED)
    return (Remember(gone), Skip(SkipReason.NEAR_DUPLICATE, f"like post {like.gone}, which is gone"))
