package macroplan.host

import groovy.transform.CompileStatic

/** A user key as the header X-Macroplan-User carries it: headers hold ASCII only. The same as `userHeader` in the client. */
@CompileStatic
final class UserHeader {
    static String of(String userKey) {
        StringBuilder header = new StringBuilder()
        for (int point : userKey.codePoints().toArray()) {
            if (isPlain(point)) header.appendCodePoint(point) else header.append(encoded(point))
        }
        return header.toString()
    }

    private static boolean isPlain(int point) {
        return point >= 0x20 && point <= 0x7e
    }

    private static String encoded(int point) {
        return URLEncoder.encode(Character.toString(point), 'UTF-8')
    }
}
