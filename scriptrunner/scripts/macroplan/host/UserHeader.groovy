package macroplan.host

/** A user key as the header X-Macroplan-User carries it: headers hold ASCII only. The same as `userHeader` in the client. */
final class UserHeader {
    static String of(String userKey) {
        return userKey.codePoints()
            .mapToObj { int point -> isPlain(point) ? Character.toString(point) : encoded(point) }
            .toArray()
            .join('')
    }

    private static boolean isPlain(int point) {
        return point >= 0x20 && point <= 0x7e
    }

    private static String encoded(int point) {
        return URLEncoder.encode(Character.toString(point), 'UTF-8')
    }
}
