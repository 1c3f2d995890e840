#!/usr/bin/env bash
# Reviews, keeps the comment in the summary of the run, writes it to the pull request, and ends as the review did.
# Takes everything from the environment; action.yml says what.
set -euo pipefail

python=${PYTHON:-$RUNNER_TEMP/jifen/bin/python}
comment=$RUNNER_TEMP/jifen-comment.md
summary=$RUNNER_TEMP/jifen-summary.md
rm -f -- "$comment" "$summary"

status=0
"$python" "$ACTION_PATH/action/review.py" --base "$BASE" --population "$POPULATION" --fail-under "$FAIL_UNDER" \
    --junit "$JUNIT" --lang "$REVIEW_LANG" --comment "$comment" --summary "$summary" -- "$PATHS" || status=$?

if [[ -f $comment ]]; then
    cat -- "$summary" >>"$GITHUB_STEP_SUMMARY"
    printf 'comment=%s\n' "$comment" >>"$GITHUB_OUTPUT"
    if [[ $COMMENT == true && -n $NUMBER ]]; then
        "$python" "$ACTION_PATH/action/post.py" "$REPOSITORY" "$NUMBER" "$comment"
    fi
fi
exit "$status"
