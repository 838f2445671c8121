import type { Calibration } from './calibration.ts'

/** Made by `npm run calibrate`; do not edit. */
export const calibrationTable: Calibration = {
  signals: '843c8415f1238f88d5faf8e406a6cc1e4bcb4d875b23f2fce7bf9feb0f50cef1',
  worlds: 145,
  check: 'a6866e9926208133aaa506b0c598919429782683e4d8f751ffa4d669f03c386d',
  classes: {
    'agent-chain': ['', '', '4d:1 4e:1 4q:1 4r:5 4s:3c 4t:5y 4u:l 4v:u 4w:w 4x:3 4y:2 4z:4 50:1'],
    'airdrop-hunter': [
      '',
      '',
      '47:1 48:8 49:2y 4a:71 4b:gf 4c:8i 4d:35 4e:26 4f:1w 4g:1z 4h:s 4i:b 4j:8 4k:8 4l:8 4m:7 4n:5 4o:4 4p:3 4q:3 4r:1 4s:4 4t:1 4u:4 4v:7 4x:1 4y:7 4z:1 50:4 51:2 52:1 53:4 54:1 55:1 57:3 58:4 59:b 5a:1',
    ],
    boutique: [
      '',
      '5e:2 5f:4 5g:1 5j:2',
      '5b:4 5c:7 5d:47 5e:cl 5f:au 5g:5w 5h:3n 5i:8w 5j:4v 5k:s 5l:o 5m:6 5n:b 5o:j 5p:b',
    ],
    cron: [
      '',
      '',
      '4d:6 4e:l 4f:1a 4g:14 4h:k 4i:g 4j:d 4k:1 4l:5 4m:3 4n:2 4o:1 4p:2 4q:4 4r:1 4s:1 4t:2 4w:1 4x:2 4y:1 50:1 52:1 53:1 5d:2',
    ],
    employer: [
      '',
      '4d:1 4e:2 4f:4 4g:d 4h:m 4i:1e 4j:18 4k:1g 4l:1i 4m:1d 4n:1e 4o:17 4p:19 4q:k 4r:o 4s:c 4t:1q 4u:1j 4v:1c 4w:p 4x:s 4y:f 4z:a 50:8 51:1 52:a 53:4 56:2 57:2 59:1 5c:1 5e:1 5f:2 5g:1 5j:1',
      '47:2 48:13 49:1h 4a:16 4b:14 4c:19 4d:2f 4e:3j 4f:4s 4g:49 4h:4e 4i:3p 4j:36 4k:2x 4l:2p 4m:1p 4n:1f 4o:1a 4p:x 4q:o 4r:r 4s:f 4t:b 4u:a 4v:a 4w:a 4x:7 4y:4 4z:5 50:6 51:2 52:4 53:3 54:3 55:6 56:1 57:8 58:2 59:3 5a:2 5b:2 5c:3 5d:2 5e:4 5f:5 5g:5 5i:2 5k:1 5p:1',
    ],
    'event-spike': [
      '5w:d 5x:a3 5y:9t 5z:25h 60:eh 61:3s 62:2p 63:28 64:37 65:i 66:1e 67:2q 68:10 6a:3 6b:c 6c:2w 6d:31 6e:8 6f:p 6h:3t 6l:3a 6m:gv',
      '',
      '',
    ],
    'exchange-user': [
      '',
      '4e:1 4g:1 4h:6 4i:1c 4j:3a 4k:3t 4l:77 4m:5h 4n:6e 4o:7f 4p:52 4q:2o 4r:3y 4s:38 4t:2a 4u:1i 4v:12 4w:s 4x:r 4y:b 4z:b 50:9 51:7 52:9 53:5 54:7 55:2 56:5 57:8 58:6 59:7 5a:2 5b:2 5c:2 5d:4 5e:2 5f:6 5g:4 5h:7 5i:2 5j:c 5k:1 5l:1 5m:3 5n:3',
      '',
    ],
    'faucet-user': [
      '50:5c 51:o6 52:ld 53:a4 54:56 55:2j 56:22 57:1t 58:16 59:s 5a:h 5b:e 5c:d 5d:f 5e:h 5f:f 5g:a 5h:8 5i:p 5j:b 5k:c 5l:7 5m:7 5n:f 5o:f 5p:7 5q:1 5r:1 5s:5 5t:4 5u:2 5v:a 5w:7 5z:u 60:b 61:1',
      '4x:22 4y:lt 4z:j5 50:9b 51:66 52:4d 53:37 54:1w 55:1h 56:z 57:11 58:v 59:r 5a:i 5b:d 5c:a 5d:h 5e:7 5f:8 5g:9 5h:7 5i:9 5j:a 5k:7 5l:5 5m:3 5n:6 5o:7 5p:3 5q:6 5r:6 5s:6 5t:1 5u:3 5v:3 5w:c 5x:6 5z:1',
      '',
    ],
    gateway: [
      '',
      '5d:5 5e:a 5f:4 5g:9 5j:1',
      '47:8 48:10 49:l 4a:o 4b:i 4c:b 4d:3 4e:6 4f:7 4g:1 4i:2 4j:1 4o:2 4p:1 4r:1 4t:1 51:1 56:1 5d:7a 5e:j9 5f:g3 5g:bg 5h:1g 5i:4d 5j:3r 5k:x 5l:2d 5m:1e 5n:s 5o:2 5p:3 5s:2 5t:6 5v:1 5z:1 6p:1 6u:1',
    ],
    'launch-tester': [
      'ab:2 ah:1 ai:1 an:1 ao:2 ap:4 aq:2 as:1 at:1 au:1 av:2 aw:1 b2:1 b3:2 b4:7 b5:3 b7:1 bc:2 c0:1 c1:4 c2:1 c3:1 c5:2 c7:1 c8:3 c9:2 ca:3 ce:1 cg:4 ci:2 cj:1 cn:1 co:1 cp:1 cs:3 ct:1 cu:2 cv:4 cw:4 cx:1 cy:2 cz:5 d0:1 d4:1',
      '6k:1 6l:7 6m:1 6n:1 6o:c 6p:5 6q:3 6u:2 6v:2 9t:2 9u:4 9v:3 9w:r 9x:a 9y:l 9z:8 a0:n a1:h a2:t a3:t a4:i a5:w a6:1b a7:24 a8:21 a9:1w aa:2f ab:1h ac:2m ad:1d ae:10 af:1u ag:1w ah:1d ai:23 aj:1x ak:23 al:2m am:2c an:2z ao:4p ap:1t aq:2y ar:2i as:18 at:o au:3 av:6 aw:i ax:5 ay:7 az:5 b0:3 b1:2 b2:4 b3:6 b4:a b5:9 b6:7 b7:a b8:2 b9:6 ba:a bb:b bc:i bd:h be:f bf:x bg:1d bh:l bi:11 bj:n bk:25 bl:1e bm:1k bn:1k bo:1e bp:1l bq:m br:r bs:e bt:1d bu:15 bv:11 bw:11 bx:d by:x bz:17 c0:q c1:p c2:1x c3:v c4:1b c5:t c6:2q c7:2f c8:1z c9:1y ca:1x cb:2o cc:11 cd:1l ce:1q cf:10 cg:f ch:h ci:4 cj:i ck:1 cl:5 cm:5 cn:6 co:6 cp:5 cq:1 cr:8 cs:c ct:7 cu:1 cv:b cw:a cx:5 cy:7 cz:4 d0:4 d1:1 d4:1',
      '',
    ],
    'no control': [
      '4v:1 4w:n 4x:88 4y:ro 4z:2wn 50:3er 51:1yu 52:13x 53:li 54:ce 55:89 56:7t 57:4q 58:32 59:38 5a:2g 5b:1d 5c:3o 5d:18 5e:1e 5f:1m 5g:1k 5h:2q 5i:1e 5j:1u 5k:25 5l:1i 5m:22 5n:11 5o:g 5p:a 5q:x 5r:g 5s:o 5t:i 5u:12 5v:t 5w:x 5x:26 5y:24 5z:1 61:1',
      '4d:6 4e:e 4f:n 4g:l 4h:4g 4i:dt 4j:vh 4k:uu 4l:hz 4m:a3 4n:6p 4o:4r 4p:3e 4q:1r 4r:1k 4s:16 4t:1j 4u:32 4v:82 4w:tg 4x:12m 4y:py 4z:lv 50:jt 51:cw 52:6u 53:4w 54:3d 55:2u 56:1r 57:1h 58:1g 59:1d 5a:18 5b:y 5c:10 5d:n 5e:13 5f:j 5g:q 5h:1v 5i:15 5j:r 5k:g 5l:8 5m:8 5n:c 5o:5 5p:5 5q:e 5r:9 5s:6 5t:g 5u:10 5v:s 5w:6 5x:3 5y:4 60:1 61:1',
      '47:c 48:21 49:dn 4a:13y 4b:1xh 4c:143 4d:o4 4e:k8 4f:103 4g:uv 4h:l7 4i:jn 4j:rr 4k:iq 4l:ac 4m:7g 4n:50 4o:3u 4p:2r 4q:1z 4r:24 4s:1q 4t:1w 4u:1e 4v:1g 4w:1r 4x:17 4y:w 4z:z 50:11 51:x 52:o 53:i 54:q 55:l 56:b 57:t 58:17 59:1v 5a:j 5b:e 5c:9 5d:12 5e:f 5f:8 5g:5 5h:h 5i:1',
    ],
    'paymaster-app': [
      '',
      '4j:8 4k:pl 4l:to 4m:bj 4n:4i 4o:3o 4p:12 4q:p 4r:a 4s:12 4t:7 4u:2 4v:1 4w:2 4x:1 4y:4 4z:3 50:3 51:8 52:1 53:4 54:1 5i:v 5l:4',
      '',
    ],
    'provider-consumer': [
      '',
      '',
      '46:2 47:7 48:1o 49:1o 4a:17 4b:16 4c:q 4d:o 4e:l 4f:9 4g:8 4h:6 4i:5 4j:3 4l:4 4m:3 4n:2 4o:1 4p:1 4q:1 4s:1 4u:1 4v:2 51:2 56:2 58:1',
    ],
  },
}
