/* Tianjin 2022 by hand: one pass over the buffers of Arrow, months as bits in 64-bit words.

   The numbers of the enums are those of the tuples in c_kernel.py. Months are year * 12 + month - 1, points twelfths. */

#include <stdint.h>
#include <string.h>

struct column {
    const void *values;
    const uint8_t *valid; /* NULL: no nulls */
    int64_t offset;
    const uint8_t *code; /* of a dictionary: its index to the number of the option */
};

enum {
    DATE, BIRTH, PERMIT, NOT_RETIRED, EDUCATION, TITLE, SKILL, MATCHES, OCCUPATION, IN_POST, MARRIED, SPOUSE_WORKS,
    INSURANCE, INSURANCE_FROM, INSURANCE_TO, KIND, KIND_ITEM, PAYMENT, BASE,
    ELSEWHERE, ELSEWHERE_FROM, ELSEWHERE_TO,
    RENTED, RENTED_FROM, RENTED_TO, REGISTERED,
    OWN, OWN_FROM, OWN_TO, DISTRICT, PROOF, CO_OWNER, HELD_BY_SPOUSE, AFTER_MARRIAGE, STATE,
    FUND, FUND_FROM, FUND_TO, ZONE, PROVEN,
    SPOUSE, SPOUSE_FROM, SPOUSE_TO, SPOUSE_PAYMENT,
    ENDORSED, ENDORSED_DATE, ENDORSED_KIND, PROVINCE,
    CONTESTS, CONTEST_DATE, CONTEST, RANK,
    OFFENCES, OFFENCE_DATE, OFFENCE,
    SANCTIONS, SANCTION_DATE, SERIOUS,
    COLUMNS
};

enum {
    P_BASIC, P_INSURANCE, P_PENSION, P_MEDICAL, P_UNEMPLOYMENT, P_INJURY, P_MATERNITY, P_LIVING, P_HOME, P_RENTED,
    P_OWN, P_ENDORSED, P_FUND, P_AGE, P_EDUCATION, P_QUALIFICATION, P_TITLE, P_SKILL, P_GUIDE, P_OCCUPATION,
    P_ADDITIONAL, P_MARRIAGE, P_AWARDS, P_NEGATIVE, P_OFFENCES, P_TOTAL,
    M_PENSION, M_MEDICAL, M_UNEMPLOYMENT, M_INJURY, M_MATERNITY, M_RENTED, M_FUND,
    NUMBERS
};
enum { T_PERMIT, T_INSURED, T_NOT_RETIRED, T_NOT_ELSEWHERE, T_NOT_BARRED, T_ELIGIBLE, T_QUALIFIES, TRUTHS };

enum { KINDS = 5, EMPLOYER = 0, MOST_WORDS = 40 };
static const int32_t LOW[KINDS] = {10, 3, 3, 3, 3}, HIGH[KINDS] = {12, 4, 4, 4, 4};
static const int32_t OF_EDUCATION[] = {20, 10, 0}, OF_TITLE[] = {30, 20, 15, 0}, OF_SKILL[] = {30, 20, 15, 10, 5, 0};
static const int32_t OF_OCCUPATION[] = {25, 15, 10, 0}, OF_CONTEST[] = {30, 30, 20, 20}, LAST_RANK[] = {20, 15, 10, 6};
static const int32_t OF_OFFENCE[] = {-30, -100};
static const int32_t OF_DISTRICT[] = {10, 10, 10, 10, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 12, 15};
static const int64_t WAGE = 747800; /* of 2021, in cents */

static inline int bit(const uint8_t *bits, int64_t at) { return bits[at >> 3] >> (at & 7) & 1; }
static inline int given(const struct column *c, int64_t at) { return !c->valid || bit(c->valid, c->offset + at); }
static inline int32_t number(const struct column *c, int64_t at) { return ((const int32_t *)c->values)[c->offset + at]; }
static inline int truth(const struct column *c, int64_t at, int otherwise) {
    return given(c, at) ? bit(c->values, c->offset + at) : otherwise;
}
static inline int option(const struct column *c, int64_t at, int otherwise) {
    return given(c, at) ? c->code[((const int16_t *)c->values)[c->offset + at]] : otherwise;
}
/* A day since 1970 as 20220315. */
static inline int32_t civil(int32_t days) {
    int32_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9;
    return (yoe + era * 400 + (month <= 2)) * 10000 + month * 100 + day;
}

/* A block of applicants: small enough that what is computed of it stays in the cache. Columns are read one or a few
   at a time: more streams than the processor follows would cost more than the work itself. */
enum { ROWS = 256 };
struct months {
    const uint64_t *below; /* for each month the set of all months before it */
    int32_t base, end;     /* the first month, and the number of months in the words */
};

/* Adds the months from first to last, unless `keep` is 0. */
static inline __attribute__((always_inline)) void cover(
    uint64_t *restrict set, struct months m, const int words, int keep, int32_t first, int32_t last) {
    first = first < m.end ? first : m.end;
    last = last < first ? first - 1 : last;
    const uint64_t *upper = m.below + (int64_t)(last + 1) * words, *lower = m.below + (int64_t)first * words;
    for (int w = 0; w < words; w++) set[w] |= upper[w] & ~lower[w] & -(uint64_t)(keep != 0);
}
static inline __attribute__((always_inline)) int32_t count(const uint64_t *set, const int words) {
    int32_t found = 0;
    for (int w = 0; w < words; w++) found += __builtin_popcountll(set[w]);
    return found;
}
/* The ledgers, and the months with a base above the wage, as the lanes of a vector: one word of each. */
enum { LANES = 8, ABOVE = KINDS };
typedef uint64_t lanes __attribute__((vector_size(sizeof(uint64_t) * LANES)));

static inline __attribute__((always_inline)) int32_t count_lane(const lanes *set, const int words, int lane) {
    int32_t found = 0;
    for (int w = 0; w < words; w++) found += __builtin_popcountll(set[w][lane]);
    return found;
}
static inline __attribute__((always_inline)) int32_t lane_during(
    const lanes *set, struct months m, const int words, int lane, int32_t first, int32_t last) {
    const uint64_t *upper = m.below + (int64_t)(last + 1) * words, *lower = m.below + (int64_t)first * words;
    int32_t found = 0;
    for (int w = 0; w < words; w++) found += __builtin_popcountll(set[w][lane] & upper[w] & ~lower[w]);
    return found;
}

#define EACH_ROW for (int row = 0; row < size; row++)
#define EACH_ENTRY(list) \
    for (const int32_t *at = (const int32_t *)(list).values + (list).offset + start, *row_ = at; at < row_ + size; at++) \
        for (int32_t row = (int32_t)(at - row_), i = at[0]; i < at[1]; i++)
#define ENDS(name) \
    const int32_t from = number(&c[name##_FROM], i) - m.base; \
    const int32_t to = given(&c[name##_TO], i) ? number(&c[name##_TO], i) - m.base : INT32_MAX
#define UP_TO(day) (to < (day)[row] ? to : (day)[row])

static inline __attribute__((always_inline)) void block(
    const struct column *c, int64_t start, int size, struct months m, const int words, const lanes *chosen,
    int32_t *const *given_points, uint8_t *const *given_truths) {
    int32_t *points[NUMBERS];
    uint8_t *truths[TRUTHS];
    for (int n = 0; n < NUMBERS; n++) points[n] = given_points[n] + start;
    for (int n = 0; n < TRUTHS; n++) truths[n] = given_truths[n] + start;

    int32_t date[ROWS], settled[ROWS], until[ROWS], now[ROWS];
    EACH_ROW date[row] = civil(number(&c[DATE], start + row));
    EACH_ROW {
        settled[row] = date[row] <= 20220430 ? 20211231 : 20220630;
        until[row] = settled[row] / 10000 * 12 + settled[row] / 100 % 100 - 1 - m.base;
        now[row] = date[row] / 10000 * 12 + date[row] / 100 % 100 - 1 - m.base;
    }

    /* social insurance, and what the requirements ask of it */
    lanes ledgers[ROWS * words];
    uint64_t paid[ROWS * words], months[ROWS * words]; /* months: of one timeline at a time */
    uint8_t paying[ROWS], twice[ROWS], well_paid[ROWS];
    memset(ledgers, 0, sizeof(lanes) * size * words);
    memset(paid, 0, sizeof(uint64_t) * size * words);
    memset(paying, 0, size);
    const int32_t *kind_at = (const int32_t *)c[KIND].values + c[KIND].offset;
    EACH_ENTRY(c[INSURANCE]) {
        if (option(&c[PAYMENT], i, 0) != EMPLOYER) continue;
        ENDS(INSURANCE);
        const int32_t end = UP_TO(now), last = UP_TO(until);
        unsigned kinds = 0;
        for (int32_t k = kind_at[i]; k < kind_at[i + 1]; k++) kinds |= 1u << option(&c[KIND_ITEM], k, 0);
        const int more = given(&c[BASE], i) && ((const int64_t *)c[BASE].values)[2 * (c[BASE].offset + i)] > WAGE;
        cover(paid + row * words, m, words, 1, from, end);
        paying[row] |= (kinds & 1) & (from <= end) & (end == now[row]);
        if (last < from) continue;
        const uint64_t *upper = m.below + (int64_t)(last + 1) * words, *lower = m.below + (int64_t)from * words;
        for (int w = 0; w < words; w++)
            ledgers[row * words + w] |= chosen[kinds | (unsigned)more << ABOVE] & (upper[w] & ~lower[w]);
    }
    EACH_ROW points[P_INSURANCE][row] = 0;
    for (int k = 0; k < KINDS; k++)
        EACH_ROW {
            const int32_t months = count_lane(ledgers + row * words, words, k), low = months < 36 ? months : 36;
            const int32_t worth = months < 12 ? 0 : low * LOW[k] + (months - low) * HIGH[k];
            points[M_PENSION + k][row] = months;
            points[P_PENSION + k][row] = worth;
            points[P_INSURANCE][row] += worth;
        }
    EACH_ROW {
        const int32_t year = until[row] - 11;
        const lanes *own = ledgers + row * words;
        well_paid[row] = lane_during(own, m, words, ABOVE, year, until[row]) == 12;
        truths[T_INSURED][row] = (paying[row] & (lane_during(own, m, words, 0, year, until[row]) == 12)) |
                                 (lane_during(own, m, words, 0, 2014 * 12 - m.base, until[row]) >= 36);
    }
    memset(months, 0, sizeof(uint64_t) * size * words);
    EACH_ENTRY(c[ELSEWHERE]) {
        ENDS(ELSEWHERE);
        cover(months + row * words, m, words, 1, from, UP_TO(now));
    }
    EACH_ROW {
        twice[row] = 0;
        for (int w = 0; w < words; w++) twice[row] |= (paid[row * words + w] & months[row * words + w]) != 0;
    }

    /* homes */
    uint64_t *owned = paid;
    memset(owned, 0, sizeof(uint64_t) * size * words);
    memset(months, 0, sizeof(uint64_t) * size * words);
    EACH_ROW points[P_OWN][row] = 0;
    EACH_ENTRY(c[OWN]) {
        const int counts = (option(&c[PROOF], i, 0) != 2) & (option(&c[CO_OWNER], i, 0) != 4) &
                           (option(&c[STATE], i, 0) == 0) &
                           ((truth(&c[HELD_BY_SPOUSE], i, 0) == 0) | truth(&c[AFTER_MARRIAGE], i, 1));
        ENDS(OWN);
        const int32_t last = UP_TO(until), length = counts && last >= from ? last - from + 1 : 0;
        cover(owned + row * words, m, words, counts, from, last);
        const int32_t worth = length * OF_DISTRICT[option(&c[DISTRICT], i, 0)];
        if (worth > points[P_OWN][row]) points[P_OWN][row] = worth;
    }
    EACH_ENTRY(c[RENTED]) {
        ENDS(RENTED);
        cover(months + row * words, m, words, truth(&c[REGISTERED], i, 0), from, UP_TO(until));
    }
    EACH_ROW {
        int32_t leased = 0;
        for (int w = 0; w < words; w++) leased += __builtin_popcountll(months[row * words + w] & ~owned[row * words + w]);
        points[M_RENTED][row] = leased;
        points[P_RENTED][row] = leased * 6;
    }
    unsigned __int128 years[ROWS]; /* of endorsements, back from that of the application */
    memset(years, 0, sizeof *years * size);
    EACH_ENTRY(c[ENDORSED]) {
        const int32_t day = civil(number(&c[ENDORSED_DATE], i)), back = date[row] / 10000 - day / 10000;
        if (option(&c[ENDORSED_KIND], i, 0) == 0 && option(&c[PROVINCE], i, 1) != 3 && day <= settled[row] && back < 128)
            years[row] |= (unsigned __int128)1 << back;
    }
    EACH_ROW points[P_ENDORSED][row] =
        72 * (__builtin_popcountll((uint64_t)years[row]) + __builtin_popcountll((uint64_t)(years[row] >> 64)));

    /* housing fund, and the spouse's insurance */
    memset(months, 0, sizeof(uint64_t) * size * words);
    EACH_ENTRY(c[FUND]) {
        ENDS(FUND);
        const int32_t proof = ((truth(&c[ZONE], i, 0) ? 2015 : 2004) * 12 - m.base) * !truth(&c[PROVEN], i, 0);
        cover(months + row * words, m, words, 1, from > proof ? from : proof, UP_TO(until));
    }
    EACH_ROW {
        const int32_t paid_in = count(months + row * words, words), low = paid_in < 60 ? paid_in : 60;
        points[M_FUND][row] = paid_in;
        points[P_FUND][row] = low * 3 + (paid_in - low) * 4;
    }
    memset(months, 0, sizeof(uint64_t) * size * words);
    EACH_ENTRY(c[SPOUSE]) {
        ENDS(SPOUSE);
        cover(months + row * words, m, words, option(&c[SPOUSE_PAYMENT], i, 0) == EMPLOYER, from, UP_TO(until));
    }
    EACH_ROW {
        const int both = truth(&c[MARRIED], start + row, 0) & truth(&c[SPOUSE_WORKS], start + row, 0);
        points[P_MARRIAGE][row] = both & (count(months + row * words, words) >= 24) ? 240 : 0;
    }

    /* records */
    EACH_ROW points[P_AWARDS][row] = points[P_OFFENCES][row] = 0;
    EACH_ENTRY(c[CONTESTS]) {
        const int contest = option(&c[CONTEST], i, 0);
        if (((const int64_t *)c[RANK].values)[c[RANK].offset + i] > LAST_RANK[contest]) continue;
        if (civil(number(&c[CONTEST_DATE], i)) > date[row]) continue;
        if (12 * OF_CONTEST[contest] > points[P_AWARDS][row]) points[P_AWARDS][row] = 12 * OF_CONTEST[contest];
    }
    EACH_ENTRY(c[OFFENCES]) {
        const int32_t day = civil(number(&c[OFFENCE_DATE], i));
        if (day >= date[row] - 50000 && day <= date[row]) points[P_OFFENCES][row] += 12 * OF_OFFENCE[option(&c[OFFENCE], i, 0)];
    }
    EACH_ROW truths[T_NOT_BARRED][row] = 1;
    EACH_ENTRY(c[SANCTIONS]) {
        const int32_t day = civil(number(&c[SANCTION_DATE], i)), found = day / 10000 * 2 + (day / 100 % 100 > 6);
        const int32_t round = date[row] / 10000 * 2 + (date[row] / 100 % 100 > 6);
        if (found < round && round <= found + (truth(&c[SERIOUS], i, 0) ? 6 : 2)) truths[T_NOT_BARRED][row] = 0;
    }

    /* facts */
    EACH_ROW {
        const int32_t age = (date[row] - civil(number(&c[BIRTH], start + row)) - 1) / 10000;
        points[P_AGE][row] = 12 * (age <= 35 ? 10 : age <= 45 ? 5 : 0);
    }
    EACH_ROW points[P_EDUCATION][row] = 12 * OF_EDUCATION[option(&c[EDUCATION], start + row, 2)];
    EACH_ROW {
        const int matches = truth(&c[MATCHES], start + row, 0);
        const int title = option(&c[TITLE], start + row, 3), skill = option(&c[SKILL], start + row, 5);
        const int32_t of_title = 12 * OF_TITLE[title] * (matches & ((title > 1) | well_paid[row]));
        const int32_t of_skill = 12 * OF_SKILL[skill] * (matches & ((skill > 1) | well_paid[row]));
        points[P_TITLE][row] = of_title;
        points[P_SKILL][row] = of_skill;
        points[P_QUALIFICATION][row] = of_title > of_skill ? of_title : of_skill;
    }
    EACH_ROW points[P_OCCUPATION][row] =
        12 * OF_OCCUPATION[option(&c[OCCUPATION], start + row, 3)] * truth(&c[IN_POST], start + row, 0);

    /* sums and verdict */
    EACH_ROW {
        const int32_t home = points[P_RENTED][row] + points[P_OWN][row];
        points[P_HOME][row] = home;
        points[P_LIVING][row] = home + points[P_ENDORSED][row];
    }
    EACH_ROW points[P_BASIC][row] = points[P_INSURANCE][row] + points[P_LIVING][row] + points[P_FUND][row] +
                                    points[P_AGE][row] + points[P_EDUCATION][row] + points[P_QUALIFICATION][row];
    EACH_ROW points[P_ADDITIONAL][row] = points[P_MARRIAGE][row] + points[P_AWARDS][row];
    memcpy(points[P_GUIDE], points[P_OCCUPATION], sizeof(int32_t) * size);
    memcpy(points[P_NEGATIVE], points[P_OFFENCES], sizeof(int32_t) * size);
    EACH_ROW points[P_TOTAL][row] =
        points[P_BASIC][row] + points[P_GUIDE][row] + points[P_ADDITIONAL][row] + points[P_NEGATIVE][row];
    EACH_ROW {
        const int permit = truth(&c[PERMIT], start + row, 0), young = truth(&c[NOT_RETIRED], start + row, 0);
        const int eligible = permit & truths[T_INSURED][row] & young & !twice[row] & truths[T_NOT_BARRED][row];
        truths[T_PERMIT][row] = permit;
        truths[T_NOT_RETIRED][row] = young;
        truths[T_NOT_ELSEWHERE][row] = !twice[row];
        truths[T_ELIGIBLE][row] = eligible;
        truths[T_QUALIFIES][row] = eligible & (points[P_TOTAL][row] >= 110 * 12);
    }
}

static inline __attribute__((always_inline)) void rows(
    const struct column *given_columns, int64_t start, int64_t stop, struct months m, const int words,
    int32_t *const *points, uint8_t *const *truths) {
    struct column c[COLUMNS]; /* a copy that no store can change, so that it need not be read again */
    memcpy(c, given_columns, sizeof c);
    lanes chosen[1 << (KINDS + 1)]; /* for each choice of lanes the mask that keeps them */
    for (int i = 0; i < 1 << (KINDS + 1); i++)
        for (int k = 0; k < LANES; k++) chosen[i][k] = -(uint64_t)(i >> k & 1);
    for (; start < stop; start += ROWS)
        block(c, start, stop - start < ROWS ? (int)(stop - start) : ROWS, m, words, chosen, points, truths);
}

/* The applicants from start to stop. `base` is the first month of the words, which reach past every day of
   settlement; `below` has words * 64 + 1 sets. Returns 0, or 1 for more words than there is room for. */
int score(const struct column *c, int64_t start, int64_t stop, int32_t base, const uint64_t *below, int words,
          int32_t *const *points, uint8_t *const *truths) {
    if (words > MOST_WORDS) return 1;
    const struct months m = {below, base, words * 64};
    switch (words) { /* the usual histories with loops of a known length */
    case 2: rows(c, start, stop, m, 2, points, truths); break;
    case 3: rows(c, start, stop, m, 3, points, truths); break;
    case 4: rows(c, start, stop, m, 4, points, truths); break;
    case 5: rows(c, start, stop, m, 5, points, truths); break;
    case 6: rows(c, start, stop, m, 6, points, truths); break;
    default: rows(c, start, stop, m, words, points, truths);
    }
    return 0;
}

/* The first month of a column, or `otherwise` where that is less: where the words have to begin. */
int32_t first_month(const int32_t *months, int64_t count, int32_t otherwise) {
    for (int64_t i = 0; i < count; i++) otherwise = months[i] < otherwise ? months[i] : otherwise;
    return otherwise;
}
